package dev.slipgate.runtime.keys;

import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Two files that are written together and never over others.
 *
 * @param privateKey mode 600
 * @param publicKey mode 644
 */
record KeyFilePair(Path privateKey, Path publicKey) {
    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<OpenOption> LOCK_FILE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    /** What goes into the two files; US-ASCII. */
    record Texts(String privateKey, String publicKey) {}

    /**
     * Writes both; the directory too, mode 700, when it is not there.
     *
     * @throws StartFailure when one of the files is there, or cannot be written
     */
    void create(Texts texts) {
        requireAbsent();
        try {
            createDirectory();
            write(publicKey, "rw-r--r--", texts.publicKey());
            write(privateKey, "rw-------", texts.privateKey());
        } catch (FileAlreadyExistsException e) {
            throw present(e.getFile());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * @throws StartFailure when one of the files is there
     */
    void requireAbsent() {
        for (Path file : List.of(publicKey, privateKey)) {
            if (Files.exists(file)) {
                throw present(file.toString());
            }
        }
    }

    /**
     * Writes both unless the private half is there already. Of processes that do so at the same
     * time one does.
     *
     * @return whether they were written now
     * @throws StartFailure when they cannot be written
     */
    boolean createOnce(Supplier<Texts> texts) {
        if (complete()) {
            return false;
        }
        Path lock = privateKey.resolveSibling(privateKey.getFileName() + ".lock");
        try {
            createDirectory();
            try (var channel = FileChannel.open(lock, LOCK_FILE);
                    var held = channel.lock()) {
                boolean missing = held.isValid() && !complete();
                if (missing) {
                    create(texts.get());
                }
                return missing;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** A file that is being written is empty for a moment. */
    private boolean complete() {
        return privateKey.toFile().length() > 0;
    }

    private static StartFailure present(String file) {
        return new StartFailure(
                file + " is there, and keys are never overwritten",
                "move it away, or choose another name or directory");
    }

    private StartFailure unwritable(IOException cause) {
        return new StartFailure(
                "cannot write " + privateKey, "choose a directory that you may write to", cause);
    }

    private void createDirectory() throws IOException {
        Path directory = privateKey.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(directory, mode("rwx------"));
        }
    }

    private static void write(Path file, String mode, String text) throws IOException {
        // The mode is given at creation: there is no moment at which others can read the key.
        try (var channel = Files.newByteChannel(file, NEW_FILE, mode(mode))) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}

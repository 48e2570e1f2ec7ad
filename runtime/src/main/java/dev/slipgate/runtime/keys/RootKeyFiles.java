package dev.slipgate.runtime.keys;

import dev.slipgate.protocol.crypto.P256KeyFile;
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
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;

/**
 * The root key pair of mpgameserver listeners as two PEM files, named as {@code mpcli genkey} names
 * them: the private half for the gateway, the public half for clients to pin.
 *
 * @param privateKey {@code NAME.key}, mode 600
 * @param publicKey {@code NAME.pub}
 */
public record RootKeyFiles(Path privateKey, Path publicKey) {
    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<OpenOption> LOCK_FILE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    /** Where the pair of this name is, or would be. */
    public static RootKeyFiles in(Path directory, String name) {
        return new RootKeyFiles(directory.resolve(name + ".key"), directory.resolve(name + ".pub"));
    }

    /**
     * Makes a pair; the directory too, mode 700, when it is not there.
     *
     * @throws StartFailure when one of the files is there, or cannot be written
     */
    public void create() {
        KeyPair pair = generate();
        try {
            createDirectory();
            write(publicKey, "rw-r--r--", P256KeyFile.writePublic(pair.getPublic()));
            write(privateKey, "rw-------", P256KeyFile.writePrivate(pair));
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(
                    e.getFile() + " is there, and keys are never overwritten",
                    "move it away, or choose another name or directory");
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private StartFailure unwritable(IOException cause) {
        return new StartFailure(
                "cannot write " + privateKey, "choose a directory that you may write to", cause);
    }

    /**
     * Makes the pair unless its private half is there already: how {@code dev} keeps its keys from
     * run to run. Processes that do so at the same time get the same pair.
     *
     * @return whether it was made now
     * @throws StartFailure when it cannot be written
     */
    public boolean createOnce() {
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
                    create();
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

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
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

package dev.slipgate.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyFilesTest {
    @TempDir Path temp;

    @Test
    void onlyTheOwnerCanReadThePrivateHalf() throws IOException {
        RootKeyFiles files = RootKeyFiles.in(temp.resolve(".slipgate/keys"), "root");
        files.create();

        assertThat(mode(files.privateKey())).isEqualTo("rw-------");
        assertThat(mode(temp.resolve(".slipgate/keys"))).isEqualTo("rwx------");
        assertThat(Files.readString(files.privateKey()))
                .startsWith("-----BEGIN PRIVATE KEY-----\n")
                .endsWith("-----END PRIVATE KEY-----\n");
        assertThat(Files.readString(files.publicKey())).startsWith("-----BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void keysAreNeverOverwritten() throws IOException {
        RootKeyFiles files = RootKeyFiles.in(temp, "root");
        files.create();
        String made = Files.readString(files.privateKey());

        assertThatThrownBy(files::create)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("never overwritten");
        assertThat(files.createOnce()).isFalse();
        assertThat(Files.readString(files.privateKey())).isEqualTo(made);
    }

    @Test
    void whatIsMadeOnceStays() throws IOException {
        RootKeyFiles files = RootKeyFiles.in(temp.resolve("keys"), "root");

        assertThat(files.createOnce()).isTrue();
        String made = Files.readString(files.privateKey());
        assertThat(files.createOnce()).isFalse();
        assertThat(Files.readString(files.privateKey())).isEqualTo(made);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAStartFailure() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(RootKeyFiles.in(file.resolve("keys"), "root")::create)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cannot write");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

package dev.slipgate.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayKeyFilesTest {
    @TempDir Path temp;

    @Test
    void whatIsMadeIsReadableByItsOwnerAloneAndLoads() throws IOException {
        GatewayKeyFiles files = GatewayKeyFiles.in(temp.resolve("keys"), "gateway");
        GatewayPublicKey made = files.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.privateKey())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(files.privateKey()))
                .startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(Files.readString(files.publicKey())).isEqualTo(made.text() + "\n");
        assertThat(load(files.privateKey()).announced().publicKey()).isEqualTo(made);
    }

    @Test
    void severalFilesAreARingWithTheFirstAnnounced() {
        GatewayKeyFiles fresh = GatewayKeyFiles.in(temp, "new");
        GatewayKeyFiles old = GatewayKeyFiles.in(temp, "old");
        GatewayPublicKey announced = fresh.create();
        GatewayPublicKey accepted = old.create();

        GatewayKeys keys = load(fresh.privateKey(), old.privateKey());
        assertThat(keys.announced().publicKey()).isEqualTo(announced);
        assertThat(keys.all())
                .extracting(GatewayKey::publicKey)
                .containsExactly(announced, accepted);
    }

    @Test
    void oneKeyNamedTwiceIsRefused() {
        GatewayKeyFiles files = GatewayKeyFiles.in(temp, "gateway");
        GatewayPublicKey made = files.create();
        assertRefused(
                () -> load(files.privateKey(), files.privateKey()),
                "gateway.key-files has two gateway keys of one id",
                made.idText(),
                "name each key once");
    }

    @Test
    void filesThatAreNoSuchKeyAreOneLineThatNamesThem() throws IOException {
        GatewayKeyFiles files = GatewayKeyFiles.in(temp, "gateway");
        files.create();
        RootKeyFiles root = RootKeyFiles.in(temp, "root");
        root.create();
        Path text = Files.write(temp.resolve("text.key"), new byte[] {(byte) 0xff, 0, 7});

        assertRefused(() -> load(temp.resolve("none.key")), "none.key", "check that it is there");
        assertRefused(() -> load(temp), temp.toString(), "cannot be read");
        assertRefused(() -> load(text), "text.key", "no PEM block");
        assertRefused(() -> load(files.publicKey()), "gateway.pub", "slipgate keygen");
        assertRefused(() -> load(root.privateKey()), "root.key", "mpgameserver's root key");
    }

    @Test
    void keysAreNeverOverwrittenAndMadeOnce() throws IOException {
        GatewayKeyFiles files = GatewayKeyFiles.in(temp, "gateway");
        assertThat(files.createOnce()).isTrue();
        String made = Files.readString(files.privateKey());

        assertRefused(files::create, "never overwritten");
        assertRefused(files::requireAbsent, "never overwritten");
        assertThat(files.createOnce()).isFalse();
        assertThat(Files.readString(files.privateKey())).isEqualTo(made);
    }

    private static GatewayKeys load(Path... files) {
        return GatewayKeyFiles.load(List.of(files));
    }

    private static void assertRefused(ThrowingCallable call, String... told) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StartFailure.class, failure -> assertThat(failure.lines()).hasSize(1))
                .hasMessageContainingAll(told);
    }
}

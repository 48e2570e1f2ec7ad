package dev.slipgate.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevKeysTest {
    @TempDir private Path dir;

    @Test
    void keysAreMadeOnceForTheirOwnerAloneAndKept() throws IOException {
        GatewaySettings unset = DevRun.settings().gateway();

        DevKeys first = DevKeys.of(unset, dir.resolve("keys"));
        DevKeys second = DevKeys.of(unset, dir.resolve("keys"));

        assertThat(second.pair().getPublic()).isEqualTo(first.pair().getPublic());
        Path privateFile = dir.resolve("keys").resolve("root.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
                .isEqualTo("rw-------");
        Path gatewayFile = dir.resolve("keys").resolve("gateway.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(gatewayFile)))
                .isEqualTo("rw-------");
        assertThat(second.certificate().pin()).isEqualTo(first.certificate().pin());
        assertThat(second.gatewayKeys().announced().publicKey())
                .isEqualTo(first.gatewayKeys().announced().publicKey());
        assertThat(first.publicFile()).isEqualTo(dir.resolve("keys").resolve("root.pub")).exists();
    }

    @Test
    void aConfiguredKeyIsTakenAndItsPublicHalfIsTheFileBesideIt() {
        GatewaySettings unset = DevRun.settings().gateway();
        DevKeys made = DevKeys.of(unset, dir);
        String file = dir.resolve("root.key").toString();

        String gatewayFile = dir.resolve("gateway.key").toString();

        DevKeys configured =
                DevKeys.of(
                        DevRun.settings(
                                        "gateway.mpgameserver.root-key",
                                        file,
                                        "gateway.key-files",
                                        gatewayFile,
                                        "gateway.tls.certificate",
                                        made.certificate().certificate().toString(),
                                        "gateway.tls.private-key",
                                        made.certificate().privateKey().toString())
                                .gateway(),
                        dir.resolve("unused"));

        assertThat(configured.pair().getPublic()).isEqualTo(made.pair().getPublic());
        assertThat(configured.publicFile()).isEqualTo(made.publicFile());
        assertThat(configured.certificate()).isEqualTo(made.certificate());
        assertThat(configured.gatewayKeys().announced().publicKey())
                .isEqualTo(made.gatewayKeys().announced().publicKey());
        assertThat(dir.resolve("unused")).doesNotExist();
    }

    @Test
    void aKeyThatCannotBeReadIsOneLine() throws IOException {
        Path file = Files.writeString(dir.resolve("bad.key"), "no key");

        assertThatThrownBy(
                        () ->
                                DevKeys.of(
                                        DevRun.settings(
                                                        "gateway.mpgameserver.root-key",
                                                        file.toString())
                                                .gateway(),
                                        dir))
                .isInstanceOfSatisfying(
                        StartFailure.class, failure -> assertThat(failure.lines()).hasSize(1))
                .hasMessageContaining("bad.key");
    }
}

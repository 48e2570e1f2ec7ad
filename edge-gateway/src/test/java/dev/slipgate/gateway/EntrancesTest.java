package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.gateway.stream.StreamOptions;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.keys.CertificateFiles;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.keys.RootKeyFiles;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntrancesTest {
    @TempDir private Path directory;

    @Test
    void withEveryKeyEachListenerIsWhereTheDesignHasIt() {
        List<String> ports = new ArrayList<>();
        for (Entrance entrance : Entrances.of(settings(), credentials(true, true, true))) {
            switch (entrance) {
                case Entrance.Datagrams datagrams -> {
                    ports.add(datagrams.name() + " " + datagrams.listen().port());
                    assertThat(datagrams.options()).isEqualTo(UdpOptions.defaults());
                    assertThat(datagrams.listen().wildcard()).isTrue();
                }
                case Entrance.Streams streams -> {
                    streams.ports()
                            .forEach(p -> ports.add(p.kind().scheme() + " " + p.listen().port()));
                    assertThat(streams.options()).isEqualTo(StreamOptions.defaults());
                }
                case Entrance.Memory memory -> ports.add(memory.name());
            }
        }
        assertThat(ports)
                .containsExactly(
                        "udp 7770",
                        "tcp 7770",
                        "tls 7774",
                        "ws 7771",
                        "wss 7775",
                        "mpgameserver 7772");
    }

    @Test
    void whatHasNoKeyOrNoCertificateIsNotListenedFor() {
        assertThat(names(settings(), credentials(true, false, true)))
                .containsExactly("mpgameserver");
        assertThat(names(settings(), credentials(false, true, false)))
                .containsExactly("udp", "tcp", "ws");
    }

    @Test
    void eachListenerCanBeSwitchedOff() {
        GatewayCredentials all = credentials(true, true, true);
        for (String name : List.of("udp", "tcp", "tls", "ws", "wss")) {
            assertThat(names(settings("gateway.slipgate." + name, "false"), all))
                    .hasSize(5)
                    .doesNotContain(name);
        }
        assertThat(names(settings("gateway.slipgate.enabled", "false"), all))
                .containsExactly("mpgameserver");
        assertThat(names(settings("gateway.mpgameserver.enabled", "false"), all))
                .hasSize(5)
                .doesNotContain("mpgameserver");
        assertThatThrownBy(
                        () ->
                                Entrances.of(
                                        settings(
                                                "gateway.slipgate.enabled",
                                                "false",
                                                "gateway.mpgameserver.enabled",
                                                "false"),
                                        all))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("switched off");
    }

    @Test
    void aGatewayWithoutAnyKeyIsToldHowToGetOne() {
        assertThatThrownBy(() -> GatewayCredentials.load(settings(), TokenVerifier.ANONYMOUS))
                .isInstanceOfSatisfying(
                        StartFailure.class, failure -> assertThat(failure.lines()).hasSize(1))
                .hasMessageContainingAll("slipgate keygen", "--key-files", "--root-key");
    }

    private static List<String> names(GatewaySettings settings, GatewayCredentials credentials) {
        List<String> names = new ArrayList<>();
        for (Entrance entrance : Entrances.of(settings, credentials)) {
            switch (entrance) {
                case Entrance.Datagrams datagrams -> names.add(datagrams.name());
                case Entrance.Streams streams ->
                        streams.ports().forEach(port -> names.add(port.kind().scheme()));
                case Entrance.Memory memory -> names.add(memory.name());
            }
        }
        return names;
    }

    private GatewayCredentials credentials(boolean root, boolean slipgate, boolean tls) {
        RootKeyFiles rootKey = RootKeyFiles.in(directory, "root");
        rootKey.createOnce();
        GatewayKeyFiles keys = GatewayKeyFiles.in(directory, "gateway");
        keys.createOnce();
        CertificateFiles certificate = CertificateFiles.in(directory, "tls");
        certificate.createOnce();
        return new GatewayCredentials(
                root ? RootKey.load(rootKey.privateKey()) : null,
                slipgate ? GatewayKeyFiles.load(List.of(keys.privateKey())) : null,
                tls ? certificate : null,
                TokenVerifier.ANONYMOUS);
    }

    private static GatewaySettings settings(String... keysAndValues) {
        return GatewayFixture.settings(keysAndValues);
    }
}

package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The native protocol over real sockets, at a gateway that echoes by itself. */
@Timeout(60)
final class NativeGatewayTest {
    @TempDir private Path directory;

    @Test
    void aClientIsEchoedByUdpAndGoesOnWhenItsPortChanges() throws Exception {
        try (var fixture = fixture();
                var client = NativeClient.udp(fixture.address("udp"), keys())) {
            assertThat(client.ask("one")).isEqualTo("one");
            for (int i = 0; i < 8; i++) {
                // About half of these ports lead to the other loop's socket.
                client.rebind();
                assertThat(client.ask("port " + i)).isEqualTo("port " + i);
            }
            await().until(() -> sessions(fixture, "udp") == 1);
            assertThat(fixture.gateway.stats().drops()).containsEntry("loop_queue_full", 0L);
        }
    }

    @Test
    void aClientIsEchoedByTcpCountedAndItsStreamEndsWithItsSession() throws Exception {
        try (var fixture = fixture();
                var client = NativeClient.tcp(fixture.address("tcp"), keys())) {
            String large = "x".repeat(100_000);
            assertThat(client.ask(large)).isEqualTo(large);
            await().until(() -> sessions(fixture, "tcp") == 1);
            client.hangUp();
            await().until(() -> fixture.gateway.stats().sessions() == 0);
            await().until(
                            () ->
                                    fixture.gateway
                                                    .stats()
                                                    .listeners()
                                                    .get("tcp")
                                                    .streams()
                                                    .connections()
                                            == 0);
        }
    }

    @Test
    void aStoppingGatewaySaysGoodbye() throws Exception {
        try (var fixture = fixture();
                var udp = NativeClient.udp(fixture.address("udp"), keys());
                var tcp = NativeClient.tcp(fixture.address("tcp"), keys())) {
            udp.ask("here");
            tcp.ask("here");
            fixture.gateway.stop().await();
            assertThat(udp.closed()).isEqualTo(CloseReason.GATEWAY_STOPPING);
            assertThat(tcp.closed()).isEqualTo(CloseReason.GATEWAY_STOPPING);
        }
    }

    private static long sessions(GatewayFixture fixture, String listener) {
        return fixture.gateway.stats().listeners().get(listener).sessions();
    }

    private GatewayKeys keys() {
        GatewayKeyFiles files = GatewayKeyFiles.in(directory, GatewayKeyFiles.NAME);
        files.createOnce();
        return GatewayKeyFiles.load(List.of(files.privateKey()));
    }

    private GatewayFixture fixture() {
        GatewaySettings settings =
                GatewayFixture.settings(
                        "gateway.slipgate.host", "127.0.0.1",
                        "gateway.slipgate.udp-port", "0",
                        "gateway.slipgate.tcp-port", "0",
                        "gateway.slipgate.ws-port", "0");
        var credentials = new GatewayCredentials(null, keys(), null, TokenVerifier.ANONYMOUS);
        List<Entrance> entrances = new ArrayList<>();
        for (Entrance entrance : Entrances.of(settings, credentials)) {
            entrances.add(
                    switch (entrance) {
                        case Entrance.Datagrams d ->
                                new Entrance.Datagrams(
                                        d.name(), echoing(d), d.listen(), d.options());
                        case Entrance.Streams s ->
                                new Entrance.Streams(echoing(s), s.ports(), s.options());
                        case Entrance.Memory m -> m;
                    });
        }
        entrances.addAll(Entrances.inMemory(settings, credentials, new MemoryNetwork(), "a name"));
        return new GatewayFixture(
                entrances, new RecordingDirectory(), new HealthChecks(), List.of());
    }

    private static EndpointFactory echoing(Entrance entrance) {
        return new GatewayFixture.EchoingDialect(entrance.endpoints());
    }
}

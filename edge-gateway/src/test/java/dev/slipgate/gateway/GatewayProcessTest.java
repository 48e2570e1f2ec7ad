package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.gateway.loop.ToyEndpoint;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GatewayProcessTest {
    private final RecordingDirectory directory = new RecordingDirectory();
    private final HealthChecks health = new HealthChecks();
    private final ToyDialect dialect = new ToyDialect();

    @Test
    void aDatagramIsAnsweredAndATellingRecordIsInTheDirectory() throws IOException {
        try (var fixture = fixture(0);
                var client = client()) {
            assertThat(ask(client, "hello", fixture)).isEqualTo("hello");
            ProcessRecord self = directory.announced.getFirst();
            assertThat(self).isEqualTo(fixture.gateway.self());
            assertThat(self.role()).isEqualTo(Role.GATEWAY);
            assertThat(self.name()).isEqualTo("gateway-test");
            assertThat(self.lanes()).isEqualTo(2);
            assertThat(dialect.made).hasSize(2);
        }
    }

    @Test
    void itIsReadyOnceItListensAndNoLongerWhenItStops() {
        try (var fixture = fixture(0)) {
            assertThat(health.isReady()).isTrue();
            fixture.gateway.stop().await();
            assertThat(health.states()).containsEntry("gateway", "stopping");
        }
    }

    @Test
    void statsTellWhatCameAndWhatWasDroppedByReason() throws IOException {
        try (var fixture = fixture(0);
                var client = client()) {
            ask(client, "hello", fixture);
            await().until(() -> fixture.gateway.stats().sessions() == 1);
            GatewayStats told = fixture.gateway.stats();
            ListenerStats listener = told.listeners().get("mpgameserver");
            assertThat(listener.sessions()).isEqualTo(1);
            assertThat(listener.datagrams().datagramsIn()).isEqualTo(1);
            assertThat(listener.datagrams().bytesOut()).isEqualTo(5);
            assertThat(told.crypto()).isEqualTo("toy");
            assertThat(told.lanes()).hasSize(2);
            assertThat(told.drops()).containsEntry("replayed_packet", 0L);
            var section = fixture.stats.snapshot().getJsonObject("gateway");
            assertThat(section.getInteger("sessions")).isEqualTo(1);
            assertThat(section.getJsonObject("drops").getLong("bad_tag")).isZero();
        }
    }

    @Test
    void stoppingSaysGoodbyeLeavesTheDirectoryAndFreesThePort() throws IOException {
        try (var fixture = fixture(0);
                var client = client()) {
            InetSocketAddress local = fixture.address();
            ask(client, "hello", fixture);
            fixture.gateway.stop().await();
            assertThat(receive(client)).isEqualTo("g");
            assertThat(directory.withdrawn).isTrue();
            try (var probe = new DatagramSocket(local)) {
                assertThat(probe.isBound()).isTrue();
            }
        }
    }

    @Test
    void aTakenPortFailsTheStartAndLeavesNothingBehind() throws IOException {
        try (var occupant = client()) {
            int port = occupant.getLocalPort();
            assertThatThrownBy(() -> fixture(port))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("UDP port " + port + " of 127.0.0.1 is in use");
        }
        assertThat(directory.announced).isEmpty();
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void theDefaultsOfTheSettingsAreInThisModulesWords() {
        Settings settings = Settings.defaults();
        GatewayConfig config = GatewayConfig.of(7, settings.gateway(), settings.link(), "1.2.3");
        assertThat(config.lane()).isEqualTo(GatewayLaneConfig.defaults("mpgameserver"));
    }

    private GatewayFixture fixture(int port) {
        return new GatewayFixture(dialect, port, directory, health, List.of());
    }

    private static DatagramSocket client() throws IOException {
        var socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String ask(DatagramSocket client, String text, GatewayFixture fixture)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        client.send(new DatagramPacket(bytes, bytes.length, fixture.address()));
        return receive(client);
    }

    private static String receive(DatagramSocket client) throws IOException {
        var packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static final class ToyDialect implements EndpointFactory {
        final List<Parts> made = new CopyOnWriteArrayList<>();

        @Override
        public Endpoint create(Parts parts) {
            made.add(parts);
            return new ToyEndpoint();
        }

        @Override
        public String crypto() {
            return "toy";
        }
    }
}

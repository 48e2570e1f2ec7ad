package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.gateway.loop.ToyEndpoint;
import dev.slipgate.gateway.udp.ListenSpec;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.runtime.stats.StatsRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GatewayProcessTest {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    private final RecordingDirectory directory = new RecordingDirectory();
    private final ToyDialect dialect = new ToyDialect();
    private final HealthChecks health = new HealthChecks();
    private final StatsRegistry stats = new StatsRegistry();

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void aDatagramIsAnsweredAndATellingRecordIsInTheDirectory() throws IOException {
        GatewayProcess gateway = start(0);
        try (var client = client()) {
            assertThat(ask(client, "hello", gateway)).isEqualTo("hello");
        }
        ProcessRecord self = directory.announced.getFirst();
        assertThat(self).isEqualTo(gateway.self());
        assertThat(self.role()).isEqualTo(Role.GATEWAY);
        assertThat(self.name()).isEqualTo("gateway-" + Long.toHexString(self.processId()));
        assertThat(self.lanes()).isEqualTo(2);
        assertThat(dialect.made).hasSize(2);
        gateway.stop().await();
    }

    @Test
    void itIsReadyOnceItListensAndNoLongerWhenItStops() {
        GatewayProcess gateway = start(0);
        assertThat(health.isReady()).isTrue();
        gateway.stop().await();
        assertThat(health.states()).containsEntry("gateway", "stopping");
    }

    @Test
    void statsTellWhatCameAndWhatWasDroppedByReason() throws IOException {
        GatewayProcess gateway = start(0);
        try (var client = client()) {
            ask(client, "hello", gateway);
            await().until(() -> gateway.stats().sessions() == 1);
            GatewayStats told = gateway.stats();
            assertThat(told.carrier().datagramsIn()).isEqualTo(1);
            assertThat(told.carrier().bytesOut()).isEqualTo(5);
            assertThat(told.crypto()).isEqualTo("toy");
            assertThat(told.lanes()).hasSize(2);
            assertThat(told.drops()).containsEntry("replayed_packet", 0L);
            var section = stats.snapshot().getJsonObject("gateway");
            assertThat(section.getInteger("sessions")).isEqualTo(1);
            assertThat(section.getJsonObject("drops").getLong("bad_tag")).isZero();
        }
        gateway.stop().await();
    }

    @Test
    void stoppingSaysGoodbyeLeavesTheDirectoryAndFreesThePort() throws IOException {
        GatewayProcess gateway = start(0);
        InetSocketAddress local = gateway.addresses().getFirst();
        try (var client = client()) {
            ask(client, "hello", gateway);
            gateway.stop().await();
            assertThat(receive(client)).isEqualTo("g");
        }
        assertThat(directory.withdrawn).isEqualTo(1);
        try (var probe = new DatagramSocket(local)) {
            assertThat(probe.isBound()).isTrue();
        }
        gateway.stop().await();
    }

    @Test
    void aTakenPortFailsTheStartAndLeavesNothingBehind() throws IOException {
        try (var occupant = client()) {
            int port = occupant.getLocalPort();
            assertThatThrownBy(() -> start(port))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("UDP port " + port + " of 127.0.0.1 is in use");
        }
        assertThat(directory.announced).isEmpty();
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void theDefaultsOfTheSettingsAreInThisModulesWords() {
        Settings settings = Settings.defaults();
        GatewayConfig config = GatewayConfig.of(settings.gateway(), settings.link(), "1.2.3");
        assertThat(config.udp()).isEqualTo(UdpOptions.defaults());
        assertThat(config.lane()).isEqualTo(GatewayLaneConfig.defaults("mpgameserver"));
        assertThat(config.listen().wildcard()).isTrue();
        assertThat(config.listen().port()).isEqualTo(7772);
    }

    private GatewayProcess start(int port) {
        var config =
                new GatewayConfig(
                        null,
                        "1.2.3",
                        2,
                        0,
                        false,
                        ListenSpec.of("127.0.0.1", port, "gateway.mpgameserver.port"),
                        UdpOptions.defaults(),
                        GatewayLaneConfig.defaults("toy"));
        return GatewayProcess.start(config, vertx, directory, dialect, health, stats).await();
    }

    private static DatagramSocket client() throws IOException {
        var socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String ask(DatagramSocket client, String text, GatewayProcess gateway)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        client.send(new DatagramPacket(bytes, bytes.length, gateway.addresses().getFirst()));
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

    private static final class RecordingDirectory implements Directory {
        final List<ProcessRecord> announced = new CopyOnWriteArrayList<>();
        volatile int withdrawn;

        @Override
        public void announce(ProcessRecord self) {
            announced.add(self);
        }

        @Override
        public void withdraw() {
            withdrawn = 1;
        }

        @Override
        public Collection<ProcessRecord> processes() {
            return announced;
        }

        @Override
        public void listen(DirectoryListener listener) {
            announced.forEach(listener::onUp);
        }

        @Override
        public void close() {}
    }
}

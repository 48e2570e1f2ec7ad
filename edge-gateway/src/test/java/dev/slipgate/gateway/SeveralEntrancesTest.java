package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.loop.ToyEndpoint;
import dev.slipgate.gateway.stream.OriginCheck;
import dev.slipgate.gateway.stream.StreamKind;
import dev.slipgate.gateway.stream.StreamOptions;
import dev.slipgate.gateway.stream.StreamPort;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.runtime.health.HealthChecks;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway with UDP and TCP, whose endpoints send everything back. */
@Timeout(60)
final class SeveralEntrancesTest {
    private static final EndpointFactory TOY =
            new EndpointFactory() {
                @Override
                public Endpoint create(Parts parts) {
                    return new ToyEndpoint();
                }

                @Override
                public String crypto() {
                    return "toy";
                }
            };

    @Test
    void eachIsAnsweredOnItsOwnCarrierAndCountedApart() throws IOException {
        try (var fixture = fixture();
                var socket = connect(fixture)) {
            assertThat(askByStream(socket, 1)).isEqualTo(1);
            assertThat(askByDatagram(fixture, 2)).isEqualTo(2);
            await().until(() -> fixture.gateway.stats().sessions() == 2);
            GatewayStats stats = fixture.gateway.stats();
            assertThat(stats.listeners()).containsOnlyKeys("udp", "tcp");
            assertThat(stats.listeners().get("udp").datagrams().datagramsOut()).isEqualTo(1);
            assertThat(stats.listeners().get("udp").sessions()).isEqualTo(1);
            assertThat(stats.listeners().get("tcp").streams().packetsOut()).isEqualTo(1);
        }
    }

    @Test
    void stoppingSaysGoodbyeByEveryCarrier() throws IOException {
        try (var fixture = fixture();
                var socket = connect(fixture)) {
            askByStream(socket, 1);
            fixture.gateway.stop().await();
            var in = new DataInputStream(socket.getInputStream());
            assertThat(in.readUnsignedShort()).isEqualTo(1);
            assertThat(in.readByte()).isEqualTo(ToyEndpoint.GOODBYE);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static GatewayFixture fixture() {
        ListenSpec free = ListenSpec.of("127.0.0.1", 0, "port");
        var port = new StreamPort(StreamKind.TCP, free, null, OriginCheck.allowing(List.of()));
        return new GatewayFixture(
                List.of(
                        new Entrance.Datagrams("udp", TOY, free, UdpOptions.defaults()),
                        new Entrance.Streams(TOY, List.of(port), StreamOptions.defaults())),
                new RecordingDirectory(),
                new HealthChecks(),
                List.of());
    }

    private static Socket connect(GatewayFixture fixture) throws IOException {
        InetSocketAddress at = fixture.address("tcp");
        var socket = new Socket(at.getAddress(), at.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static int askByStream(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(new byte[] {0, 1, (byte) value});
        var in = new DataInputStream(socket.getInputStream());
        assertThat(in.readUnsignedShort()).isEqualTo(1);
        return in.readByte();
    }

    private static int askByDatagram(GatewayFixture fixture, int value) throws IOException {
        try (var client = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            client.setSoTimeout(10_000);
            byte[] bytes = {(byte) value};
            client.send(new DatagramPacket(bytes, 1, fixture.address("udp")));
            client.receive(new DatagramPacket(bytes, 1));
            return bytes[0];
        }
    }
}

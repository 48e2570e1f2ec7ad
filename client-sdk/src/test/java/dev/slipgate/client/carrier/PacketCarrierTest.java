package dev.slipgate.client.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.memorynet.MemoryEnd;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The carriers that have packets by nature: UDP and memory. */
class PacketCarrierTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void datagramsGoBothWays() throws Exception {
        try (var server = new DatagramSocket(0, LOOPBACK);
                var client = new DrivenCarrier(Carriers.udp(address(server)))) {
            assertThat(client.carrier.state()).isEqualTo(Carrier.State.OPEN);
            client.send(new byte[] {1, 2, 3});
            var packet = new DatagramPacket(new byte[100], 100);
            server.receive(packet);
            assertThat(packet.getLength()).isEqualTo(3);

            packet.setData(new byte[] {7, 8});
            server.send(packet);

            client.selectUntil(() -> !client.received.isEmpty());
            assertThat(client.received.getFirst()).containsExactly(7, 8);
        }
    }

    @Test
    void whatASomebodyElseSendsDoesNotComeIn() throws Exception {
        try (var server = new DatagramSocket(0, LOOPBACK);
                var stranger = new DatagramSocket(0, LOOPBACK);
                var client = new DrivenCarrier(Carriers.udp(address(server)))) {
            client.send(new byte[] {1});
            var packet = new DatagramPacket(new byte[100], 100);
            server.receive(packet);
            packet.setData(new byte[] {66});
            stranger.send(packet);
            packet.setData(new byte[] {7});
            server.send(packet);

            client.untilReceived(1);
            assertThat(client.received.getFirst()).containsExactly(7);
        }
    }

    @Test
    void aPortWithoutAListenerIsADetailAndTheCarrierGoesOn() throws Exception {
        InetSocketAddress closed;
        try (var server = new DatagramSocket(0, LOOPBACK)) {
            closed = address(server);
        }
        try (var client = new DrivenCarrier(Carriers.udp(closed))) {
            client.carrier.trySend(new byte[] {1}, 1);
            client.until(() -> !client.carrier.detail().isEmpty());
            assertThat(client.carrier.detail()).contains("nobody listens");
            assertThat(client.carrier.state()).isEqualTo(Carrier.State.OPEN);
        }
    }

    @Test
    void packetsInMemoryWakeASleepingThread() throws Exception {
        var network = new MemoryNetwork();
        List<MemoryEnd> ends = new ArrayList<>();
        network.listen(
                "a",
                MemoryMode.STREAM,
                new byte[32],
                end -> {
                    ends.add(end);
                    return () -> {};
                });
        try (var client = new DrivenCarrier(Carriers.memory(network, "a", MemoryMode.STREAM))) {
            client.send(new byte[] {1});
            MemoryEnd gateway = ends.getFirst();
            assertThat(gateway.poll()).containsExactly(1);
            Thread.ofVirtual().start(() -> gateway.trySend(new byte[] {2}, 0, 1));

            client.selectUntil(() -> !client.received.isEmpty());
            Thread.ofVirtual().start(gateway::close);
            client.selectUntil(() -> client.carrier.state() == Carrier.State.CLOSED);
            assertThat(client.carrier.detail()).contains("closed");
        }
    }

    @Test
    void whatCameBeforeAThreadFirstSleepsWakesItToo() throws Exception {
        var network = new MemoryNetwork();
        network.listen(
                "a",
                MemoryMode.STREAM,
                new byte[32],
                end -> {
                    end.trySend(new byte[] {1}, 0, 1);
                    return () -> {};
                });
        Carrier carrier = Carriers.memory(network, "a", MemoryMode.STREAM);
        try (carrier;
                Selector selector = Selector.open()) {
            carrier.watch(selector);
            long beganNs = System.nanoTime();
            selector.select(10_000);
            assertThat(System.nanoTime() - beganNs).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void anUnknownNameInMemoryIsClosedFromTheStart() {
        Carrier carrier = Carriers.memory(new MemoryNetwork(), "nobody", MemoryMode.STREAM);
        assertThat(carrier.state()).isEqualTo(Carrier.State.CLOSED);
        assertThat(carrier.detail()).contains("mem://nobody");
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }
}

package dev.slipgate.testing.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.testing.check.DeliveryChecker;
import dev.slipgate.testing.check.NumberedMessage;
import dev.slipgate.testing.fault.FaultPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpRelayTest {
    private static final int MESSAGES = 200;

    private final DeliveryChecker echoes = new DeliveryChecker(DeliveryChecker.Order.ANY);
    private final Set<Integer> portsSeenByServer = ConcurrentHashMap.newKeySet();
    private DatagramSocket server;
    private DatagramSocket client;

    @BeforeEach
    void open() throws IOException {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server.setReceiveBufferSize(1 << 20);
        client.setReceiveBufferSize(1 << 20);
        onEach(server, this::echo);
        onEach(client, packet -> echoes.arrived(bytes(packet)));
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @Test
    void aPathWithoutFaultsPassesEverythingBothWays() throws IOException {
        try (UdpRelay relay = relay("seed=1")) {
            send(relay, MESSAGES);

            await().until(() -> echoes.outstanding() == 0);
            assertThat(echoes.violationsAtEnd()).isEmpty();
            assertThat(relay.totals().up().delivered()).isEqualTo(MESSAGES);
            assertThat(relay.totals().clients()).isEqualTo(1);
        }
    }

    @Test
    void whatTheTotalsSayIsWhatTheClientSees() throws IOException {
        try (UdpRelay relay = relay("seed=3,loss=0.2,dup=0.2,reorder=0.2,reorder-ms=5")) {
            send(relay, MESSAGES);

            await().until(() -> relay.totals().up().offered() == MESSAGES);
            await().until(() -> relay.totals().down().offered() == relay.totals().up().delivered());
            await().until(() -> echoes.arrivals() == relay.totals().down().delivered());
            assertThat(relay.totals().up().lost()).isBetween(20L, 60L);
            assertThat(relay.totals().down().lost()).isPositive();
            assertThat(echoes.violationCount()).isPositive();
        }
    }

    @Test
    void theSamePlanLosesTheSameDatagrams() throws IOException {
        long first = lostUpwards("seed=11,up.loss=0.3");

        assertThat(lostUpwards("seed=11,up.loss=0.3")).isEqualTo(first);
        assertThat(first).isPositive();
    }

    @Test
    void delayTakesItsTime() throws IOException {
        try (UdpRelay relay = relay("seed=1,delay-ms=60")) {
            long startNs = System.nanoTime();
            send(relay, 1);

            await().until(() -> echoes.outstanding() == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void faultsWaitUntilTheyAreSwitchedOn() throws IOException {
        try (UdpRelay relay = relay("seed=1,up.loss=1")) {
            relay.faulty(false);
            send(relay, 10);
            await().until(() -> echoes.outstanding() == 0);

            relay.faulty(true);
            client.send(packet(NumberedMessage.of(99, 64, 1), relay.address()));

            await().until(() -> relay.totals().up().lost() == 1);
            assertThat(relay.totals().up().clean()).isEqualTo(10);
        }
    }

    @Test
    void rebindingShowsTheServerNewPortsOfTheSameClient() throws IOException {
        try (UdpRelay relay = relay("seed=1,rebind-ms=1")) {
            await().pollInterval(Duration.ofMillis(5))
                    .until(
                            () -> {
                                client.send(packet(new byte[8], relay.address()));
                                return portsSeenByServer.size() >= 3;
                            });

            assertThat(relay.totals().rebindings()).isGreaterThanOrEqualTo(2);
            assertThat(relay.totals().clients()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsNotThereDoesNotStopTheRelay() throws IOException {
        try (UdpRelay relay = relay("seed=1")) {
            server.close();
            await().pollInterval(Duration.ofMillis(5))
                    .until(
                            () -> {
                                client.send(packet(new byte[8], relay.address()));
                                return relay.totals().up().delivered() > 20;
                            });
        }
    }

    private long lostUpwards(String plan) throws IOException {
        try (UdpRelay relay = relay(plan)) {
            for (int i = 0; i < 100; i++) {
                client.send(packet(NumberedMessage.of(i, 64, 1), relay.address()));
            }
            await().until(() -> relay.totals().up().offered() == 100);
            return relay.totals().up().lost();
        }
    }

    private UdpRelay relay(String plan) throws IOException {
        return UdpRelay.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                (InetSocketAddress) server.getLocalSocketAddress(),
                FaultPlan.parse(plan));
    }

    private void send(UdpRelay relay, int messages) throws IOException {
        for (int number = 0; number < messages; number++) {
            byte[] message = NumberedMessage.of(number, 64, 1);
            echoes.sent(number, message);
            client.send(packet(message, relay.address()));
        }
    }

    private void echo(DatagramPacket packet) throws IOException {
        portsSeenByServer.add(packet.getPort());
        server.send(packet);
    }

    private static DatagramPacket packet(byte[] bytes, InetSocketAddress to) {
        return new DatagramPacket(bytes, bytes.length, to);
    }

    private static byte[] bytes(DatagramPacket packet) {
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @FunctionalInterface
    private interface PacketHandler {
        void handle(DatagramPacket packet) throws IOException;
    }

    private static void onEach(DatagramSocket socket, PacketHandler handler) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                while (true) {
                                    var packet = new DatagramPacket(new byte[2048], 2048);
                                    socket.receive(packet);
                                    handler.handle(packet);
                                }
                            } catch (SocketException closedByTheTest) {
                                return;
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }
}

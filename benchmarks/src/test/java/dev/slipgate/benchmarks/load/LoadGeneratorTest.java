package dev.slipgate.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipgate.testing.fault.FaultPlan;
import dev.slipgate.testing.relay.UdpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final long SHORT_NS = 300_000_000L;

    private final Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();
    private final Set<Integer> sizes = ConcurrentHashMap.newKeySet();
    private DatagramSocket echo;
    private int port;

    @BeforeEach
    void startEcho() throws SocketException {
        echo = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        port = echo.getLocalPort();
        echo.setReceiveBufferSize(4 << 20);
        Thread.ofPlatform().daemon().start(this::echoAll);
    }

    @AfterEach
    void stopEcho() {
        echo.close();
    }

    @Test
    void everyClientHasAnAddressOfItsOwnAndDatagramsHaveTheSealedSize() throws IOException {
        assumeThat(LinuxUdp.available()).isTrue();
        LoadFigures figures = run(new LoopbackSockets(address(), 16), 16, new Pace.Closed(16, 1));

        assertThat(figures.faithful()).isTrue();
        assertThat(figures.echoed()).isGreaterThan(100);
        assertThat(peers).hasSize(16);
        assertThat(sizes).containsExactly(20 + 2 + 200 + 16);
    }

    @Test
    void aSocketPerClientDoesTheSame() throws IOException {
        LoadFigures figures = run(new ChannelSockets(address(), 16), 16, new Pace.Closed(16, 1));

        assertThat(figures.faithful()).isTrue();
        assertThat(figures.echoed()).isGreaterThan(100);
        assertThat(peers).hasSize(16);
    }

    @Test
    void onlySoManyClientsAreBusyAsThePaceSays() throws IOException {
        run(new ChannelSockets(address(), 16), 16, new Pace.Closed(3, 1));

        assertThat(peers).hasSize(3);
    }

    @Test
    void anOpenLoopHoldsItsRate() throws IOException {
        LoadFigures figures = run(new ChannelSockets(address(), 16), 16, new Pace.Open(1000));

        assertThat(figures.sent()).isBetween(280L, 320L);
        assertThat(figures.faithful()).isTrue();
        assertThat(figures.rttNs().getTotalCount()).isEqualTo(figures.echoed());
    }

    @Test
    void aLossyPathShowsAsLossAndDuplicates() throws IOException {
        try (UdpRelay relay =
                UdpRelay.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        address(),
                        FaultPlan.parse("seed=5,loss=0.1,dup=0.1,reorder-ms=1,corrupt=0.02"))) {
            var sockets = new ChannelSockets(relay.address(), 16);
            LoadFigures figures = run(sockets, 16, new Pace.Open(2000));

            assertThat(figures.lost()).isPositive();
            assertThat(figures.duplicates()).isPositive();
            assertThat(figures.changed()).isPositive();
            assertThat(figures.faithful()).isFalse();
        }
    }

    @Test
    void aServerThatIsSilentLosesEverything() throws IOException {
        echo.close();
        LoadFigures figures = run(new ChannelSockets(address(), 2), 2, new Pace.Open(100));

        assertThat(figures.echoed()).isZero();
        assertThat(figures.lost() + figures.refused()).isGreaterThanOrEqualTo(figures.sent());
    }

    @Test
    void messagesThatGoTogetherShareADatagramBothWays() throws IOException {
        LoadFigures figures =
                run(
                        new ChannelSockets(address(), 4),
                        4,
                        new Pace.Closed(4, 20, 20),
                        ClearFormat.slipgate(20),
                        50);

        assertThat(figures.faithful()).isTrue();
        assertThat(figures.up().datagrams() * 20).isEqualTo(figures.sent());
        assertThat(figures.down().datagrams() * 20).isEqualTo(figures.echoed());
        assertThat(figures.up().bytesEach()).isEqualTo(22 + 20 * 56 + 16);
    }

    @Test
    void anOpenLoopSendsTogetherToo() throws IOException {
        LoadFigures figures =
                run(
                        new ChannelSockets(address(), 4),
                        4,
                        new Pace.Open(1000, 2, 10),
                        ClearFormat.slipgate(10),
                        50);

        assertThat(figures.sent()).isBetween(280L, 320L);
        assertThat(figures.up().datagrams() * 10).isEqualTo(figures.sent());
        assertThat(peers).hasSize(2);
    }

    private LoadFigures run(ClientSockets sockets, int clients, Pace pace) {
        return run(sockets, clients, pace, ClearFormat.MPGAMESERVER, 200);
    }

    private LoadFigures run(
            ClientSockets sockets, int clients, Pace pace, ClearFormat format, int bytes) {
        var shape = new LoadGenerator.Shape(address(), clients, bytes);
        try (var load =
                new LoadGenerator(
                        shape,
                        sockets,
                        (client, echoes) -> new ClearClient(client, echoes, format, bytes))) {
            assertThat(load.connect(SHORT_NS)).isNull();
            return load.run(pace, SHORT_NS);
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void echoAll() {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[2048], 2048);
                echo.receive(packet);
                peers.add(packet.getSocketAddress());
                sizes.add(packet.getLength());
                echo.send(packet);
            }
        } catch (SocketException closedByTheTest) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

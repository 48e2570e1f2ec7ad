package dev.slipgate.gateway.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.ListenSpec;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class UdpCarrierTest {
    @ParameterizedTest
    @CsvSource({"true, 127.0.0.1", "false, 127.0.0.1", "true, ::1", "false, ::1"})
    void aDatagramOfAnySizeComesBackUnchanged(boolean epoll, String host) throws IOException {
        assumePossible(epoll, host);
        try (var server = new EchoServer(epoll, 1, ListenSpec.of(host, 0, "port")).start();
                var client = TestClient.at(host)) {
            var random = new Random(7);
            for (int size : new int[] {1, 2, 200, 1472, 2048}) {
                byte[] sent = new byte[size];
                random.nextBytes(sent);
                var received = client.ask(sent, server.addresses.getFirst());
                assertThat(received.bytes()).isEqualTo(sent);
                assertThat(received.from()).isEqualTo(server.addresses.getFirst());
            }
            assertThat(server.echoes.getFirst().lastPeer)
                    .hasToString(
                            (host.contains(":") ? "[0:0:0:0:0:0:0:1]" : host)
                                    + ":"
                                    + client.port());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatagramAboveTheLimitArrivesCutAndTheNextWhole(boolean epoll) throws IOException {
        assumePossible(epoll, "127.0.0.1");
        try (var server = new EchoServer(epoll, 1, ListenSpec.of("127.0.0.1", 0, "port")).start();
                var client = TestClient.at("127.0.0.1")) {
            var to = server.addresses.getFirst();
            assertThat(client.ask(new byte[5000], to).bytes()).hasSize(2048);
            assertThat(client.ask(new byte[300], to).bytes()).hasSize(300);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBurstIsReadInBoundedPartsAndCounted(boolean epoll) throws IOException {
        assumePossible(epoll, "127.0.0.1");
        try (var server = new EchoServer(epoll, 1, ListenSpec.of("127.0.0.1", 0, "port")).start();
                var client = TestClient.at("127.0.0.1")) {
            for (int i = 0; i < 1000; i++) {
                client.send(new byte[] {(byte) i, (byte) (i >> 8)}, server.addresses.getFirst());
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(client.receive().bytes()).containsExactly((byte) i, (byte) (i >> 8));
            }
            assertThat(server.echoes.getFirst().largestBurst.get())
                    .isBetween(1, BurstReceive.BURST);
            await().untilAsserted(
                            () ->
                                    assertThat(server.listener.counters().snapshot())
                                            .isEqualTo(
                                                    new CarrierStats(
                                                            1000, 2000, 1000, 2000, 0, 0, 0)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void moreAnswersThanABurstAllLeaveWithoutWaitingForAFlush(boolean epoll) throws IOException {
        assumePossible(epoll, "127.0.0.1");
        int copies = OutgoingPool.MAX_DATAGRAMS * 2 + 1;
        try (var server = new EchoServer(epoll, 1, ListenSpec.of("127.0.0.1", 0, "port")).start();
                var client = TestClient.at("127.0.0.1")) {
            server.echoes.getFirst().copies = copies;
            client.send(new byte[] {1}, server.addresses.getFirst());
            for (int i = 0; i < copies; i++) {
                assertThat(client.receive().bytes()).containsExactly(1);
            }
            await().until(() -> server.listener.counters().snapshot().datagramsOut() == copies);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheKernelRefusesIsCountedAndTheSocketGoesOn(boolean epoll) throws IOException {
        assumePossible(epoll, "127.0.0.1");
        var options = new UdpOptions(1 << 20, 1 << 20, 65_535);
        try (var server =
                new EchoServer(epoll, 1, ListenSpec.of("127.0.0.1", 0, "port"), options)) {
            server.start();
            var echo = server.echoes.getFirst();
            try (var client = TestClient.at("127.0.0.1")) {
                client.ask(new byte[] {1}, server.addresses.getFirst());
                // Above the largest payload of UDP over IPv4.
                echo.sendFromLoop(new byte[65_530]);
                await().until(() -> server.listener.counters().snapshot().sendFailures() == 1);
                assertThat(client.ask(new byte[] {2}, server.addresses.getFirst()).bytes())
                        .containsExactly(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void eventLoopsShareAPortAndEachClientStaysOnOne(int loops) throws IOException {
        assumePossible(true, "127.0.0.1");
        List<TestClient> clients = new ArrayList<>();
        try (var server =
                new EchoServer(true, loops, ListenSpec.of("127.0.0.1", 0, "port")).start()) {
            for (int i = 0; i < 64; i++) {
                var client = TestClient.at("127.0.0.1");
                clients.add(client);
                int[] before = seen(server);
                for (int j = 0; j < 5; j++) {
                    client.ask(new byte[] {1}, server.addresses.getFirst());
                }
                int[] after = seen(server);
                int moved = 0;
                for (int loop = 0; loop < loops; loop++) {
                    moved += after[loop] > before[loop] ? 1 : 0;
                }
                assertThat(moved).isEqualTo(1);
            }
            assertThat(seen(server)).doesNotContain(0);
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    private static int[] seen(EchoServer server) {
        return server.echoes.stream().mapToInt(echo -> echo.seen.get()).toArray();
    }

    static void assumePossible(boolean epoll, String host) {
        assumeThat(!epoll || Epoll.isAvailable()).isTrue();
        try (var probe =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), 0))) {
            assertThat(probe.isBound()).isTrue();
        } catch (SocketException noIpv6) {
            assumeThat(host).as("an address of this machine").isEmpty();
        }
    }
}

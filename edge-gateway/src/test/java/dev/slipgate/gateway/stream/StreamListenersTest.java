package dev.slipgate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.runtime.keys.CertificateFiles;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP and TLS. */
@Timeout(60)
final class StreamListenersTest {
    private static final int MAX = StreamServer.OPTIONS.maxPacketBytes();

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPacketOfAnySizeComesBackUnchangedInClearAndInTls(boolean epoll) throws Exception {
        CertificateFiles certificate = StreamServer.certificate(directory);
        try (var server = new StreamServer(epoll, certificate).start();
                var clear = StreamClient.to(server.at(StreamKind.TCP));
                var sealed = StreamClient.sealed(server.at(StreamKind.TLS), certificate.pin())) {
            var random = new Random(7);
            for (int size : new int[] {1, 2, 36, 1200, 16_383, MAX}) {
                byte[] packet = new byte[size];
                random.nextBytes(packet);
                assertThat(clear.ask(packet)).isEqualTo(packet);
                assertThat(sealed.ask(packet)).isEqualTo(packet);
            }
            assertThat(server.echo().lastPeer.toString()).startsWith("127.0.0.1:");
            assertThat(server.badStreams()).isZero();
        }
    }

    @Test
    void aPacketMayComeByteByByteAndTwoMayComeAtOnce() throws IOException {
        try (var server = tcp();
                var client = StreamClient.to(server.at(StreamKind.TCP))) {
            for (byte each : StreamClient.framed(new byte[] {1, 2, 3})) {
                client.write(new byte[] {each});
            }
            assertThat(client.readFramed()).containsExactly(1, 2, 3);

            byte[] second = StreamClient.framed(new byte[] {4});
            byte[] third = StreamClient.framed(new byte[] {5, 6});
            client.write(
                    ByteBuffer.allocate(second.length + third.length)
                            .put(second)
                            .put(third)
                            .array());
            assertThat(client.readFramed()).containsExactly(4);
            assertThat(client.readFramed()).containsExactly(5, 6);
            await().until(() -> server.stats().packetsOut() == 3);
            assertThat(server.stats().bytesIn()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16_385, 65_535})
    void aLengthThatIsNoneClosesAtOnceAndIsCounted(int length) throws IOException {
        try (var server = tcp();
                var client = StreamClient.to(server.at(StreamKind.TCP))) {
            client.ask(new byte[] {1});
            // Behind it comes a good packet, which is not looked at any more.
            client.write(
                    ByteBuffer.allocate(5)
                            .putShort((short) length)
                            .put(new byte[] {0, 1, 9})
                            .array());
            assertThat(client.closedByServer()).isTrue();
            assertThat(server.badStreams()).isEqualTo(1);
            assertThat(server.stats().badStreams()).isEqualTo(1);
            assertThat(server.echo().seen).hasValue(1);
            await().until(() -> server.echo().gone.size() == 1);
        }
    }

    @Test
    void onlyThePinnedCertificateAndTls13AreSpoken() throws Exception {
        CertificateFiles certificate = StreamServer.certificate(directory);
        String other = "0".repeat(64);
        try (var server = new StreamServer(true, certificate).start()) {
            InetSocketAddress at = server.at(StreamKind.TLS);
            assertThatThrownBy(() -> StreamClient.sealed(at, other))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("not the pinned one");
            assertThatThrownBy(() -> StreamClient.sealed(at, certificate.pin(), "TLSv1.2"))
                    .isInstanceOf(SSLException.class);
            try (var garbage = StreamClient.to(at)) {
                garbage.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(garbage.closedByServer()).isTrue();
            }
            await().until(() -> server.listeners.ports().get(1).stats().tlsFailures() == 3);
            assertThat(server.badStreams()).isZero();
        }
    }

    @Test
    void connectionsAreSpreadEvenlyOverTheLoops() throws IOException {
        List<StreamClient> clients = new ArrayList<>();
        try (var server = new StreamServer(2, StreamServer.OPTIONS, StreamKind.TCP).start()) {
            for (int i = 0; i < 20; i++) {
                var client = StreamClient.to(server.at(StreamKind.TCP));
                clients.add(client);
                assertThat(client.ask(new byte[] {(byte) i})).containsExactly(i);
            }
            assertThat(server.echoes).allSatisfy(echo -> assertThat(echo.seen).hasValue(10));
            assertThat(server.stats().connections()).isEqualTo(20);
        } finally {
            for (StreamClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aPeerThatGoesIsToldToWhoeverHeardItAndToNobodyElse() throws IOException {
        try (var server = tcp()) {
            try (var silent = StreamClient.to(server.at(StreamKind.TCP));
                    var client = StreamClient.to(server.at(StreamKind.TCP))) {
                client.ask(new byte[] {1});
                await().until(() -> server.stats().connections() == 2);
                assertThat(silent).isNotNull();
            }
            await().until(() -> server.stats().connections() == 0);
            await().until(() -> !server.echo().gone.isEmpty());
            assertThat(server.echo().gone).containsExactly(server.echo().lastPeer);
        }
    }

    @Test
    void stoppingLetsWhatWasSentArriveClosesAllAndFreesThePort() throws IOException {
        var server = tcp();
        InetSocketAddress at = server.at(StreamKind.TCP);
        try (var client = StreamClient.to(at)) {
            client.ask(new byte[] {1});
            server.echo().onLoop(() -> server.echo().send(new byte[] {9}));
            server.close();
            assertThat(client.readFramed()).containsExactly(9);
            assertThat(client.closedByServer()).isTrue();
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(at);
            assertThat(probe.isBound()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"*, true", "*, false", "0.0.0.0, true", "0.0.0.0, false"})
    void aWildcardIsReachedAtEachAddressOfItsFamilies(String host, boolean epoll)
            throws IOException {
        var port = new StreamPort(StreamKind.TCP, ListenSpec.of(host, 0, "port"), null, none());
        try (var server = new StreamServer(epoll, 1, StreamServer.OPTIONS, List.of(port)).start()) {
            int number = server.at(StreamKind.TCP).getPort();
            for (String address : new String[] {"127.0.0.1", "127.0.0.2"}) {
                try (var client = StreamClient.to(at(address, number))) {
                    assertThat(client.ask(new byte[] {1})).containsExactly(1);
                }
            }
            if (host.equals("*")) {
                assumeIpv6();
                try (var client = StreamClient.to(at("::1", number))) {
                    assertThat(client.ask(new byte[] {1})).containsExactly(1);
                }
            } else {
                assertThatThrownBy(() -> StreamClient.to(at("::1", number)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static void assumeIpv6() {
        try (var probe = new ServerSocket()) {
            probe.bind(at("::1", 0));
            assertThat(probe.isBound()).isTrue();
        } catch (IOException noIpv6) {
            assumeThat(noIpv6).as("this machine has IPv6").isNull();
        }
    }

    @Test
    void aPortInUseIsToldWithItsKeyAndLeavesNothingBound() throws IOException {
        try (var first = tcp()) {
            InetSocketAddress taken = first.at(StreamKind.TCP);
            var free = new StreamPort(StreamKind.WS, StreamServer.local(0), null, none());
            var used =
                    new StreamPort(
                            StreamKind.TCP, StreamServer.local(taken.getPort()), null, none());
            try (var second =
                    new StreamServer(true, 1, StreamServer.OPTIONS, List.of(free, used))) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(StartFailure.class)
                        .hasMessage(
                                "TCP port %d of 127.0.0.1 is in use or not allowed: stop the process"
                                        + " that has it, or set port to a free port",
                                taken.getPort());
                InetSocketAddress let = second.at(StreamKind.WS);
                assertThatThrownBy(() -> StreamClient.to(let)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aCertificateThatIsNoneIsToldInALine() {
        assertThatThrownBy(
                        () ->
                                ServerTls.load(
                                        directory.resolve("no.crt"), directory.resolve("no.key")))
                .isInstanceOfSatisfying(
                        StartFailure.class, failure -> assertThat(failure.lines()).hasSize(1))
                .hasMessageContainingAll("no.crt", "no.key", "PKCS#8");
    }

    private static OriginCheck none() {
        return OriginCheck.allowing(List.of());
    }

    private static StreamServer tcp() {
        return new StreamServer(1, StreamServer.OPTIONS, StreamKind.TCP).start();
    }
}

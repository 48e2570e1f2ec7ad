package dev.slipgate.client.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCarrierTest {
    private static final int LARGEST = 16384;

    @Test
    void packetsOfAllSizesComeBackAsTheyWent() throws Exception {
        try (var server = PlainServer.start(StreamCarrierTest::echo);
                var client = new DrivenCarrier(Carriers.tcp(server.address()))) {
            client.untilOpen();
            echoes(client);
        }
    }

    @Test
    void tlsWithAPinnedCertificateDoesToo() throws Exception {
        TlsTrust pinned = TlsTrust.pinned(PlainServer.certificateSha256());
        try (var server = PlainServer.startTls(StreamCarrierTest::echo);
                var client =
                        new DrivenCarrier(Carriers.tls(server.address(), "another.name", pinned))) {
            client.untilOpen();
            echoes(client);
        }
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() throws Exception {
        byte[] pin = PlainServer.certificateSha256();
        pin[0] ^= 1;
        try (var server = PlainServer.startTls(StreamCarrierTest::echo);
                var client =
                        new DrivenCarrier(
                                Carriers.tls(
                                        server.address(), "localhost", TlsTrust.pinned(pin)))) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains("TLS", "not the pinned one");
        }
    }

    @Test
    void withoutAPinTheSignerIsChecked() throws Exception {
        try (var server = PlainServer.startTls(StreamCarrierTest::echo);
                var client =
                        new DrivenCarrier(
                                Carriers.tls(server.address(), "localhost", TlsTrust.ofJdk()))) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains("TLS").contains("certification path");
        }
    }

    @Test
    void theNameIsCheckedToo() throws Exception {
        TlsTrust trust = TlsTrust.of(PlainServer.trusting());
        try (var server = PlainServer.startTls(StreamCarrierTest::echo);
                var right =
                        new DrivenCarrier(Carriers.tls(server.address(), "gateway.test", trust));
                var wrong =
                        new DrivenCarrier(Carriers.tls(server.address(), "other.test", trust))) {
            right.untilOpen();
            right.carrier.close();

            wrong.untilClosed();
            assertThat(wrong.carrier.detail()).contains("other.test");
        }
    }

    @Test
    void aPacketThatComesByteByByteIsOnePacket() throws Exception {
        var read = new AtomicInteger();
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    byte[] stream = {0, 3, 7, 8, 9, 0, 1, 5};
                                    for (byte b : stream) {
                                        out.write(b);
                                        out.flush();
                                        in.readFully(
                                                new byte[3]); // a packet: the client has read so
                                        // far
                                        read.incrementAndGet();
                                    }
                                });
                var client = new DrivenCarrier(Carriers.tcp(server.address()))) {
            client.untilOpen();
            for (int i = 1; i < 8; i++) {
                int soFar = i;
                client.send(new byte[] {1});
                client.until(() -> read.get() >= soFar);
            }
            client.untilReceived(2);
            assertThat(client.received.get(0)).containsExactly(7, 8, 9);
            assertThat(client.received.get(1)).containsExactly(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, LARGEST + 1, 65535})
    void aLengthThatNoPacketHasClosesAtOnce(int length) throws Exception {
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    out.writeShort(length);
                                    out.flush();
                                    in.read();
                                });
                var client = new DrivenCarrier(Carriers.tcp(server.address()))) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains("packet of " + length + " bytes");
        }
    }

    @Test
    void whatCameBeforeTheEndIsHandedOver() throws Exception {
        try (var server = PlainServer.start((in, out) -> out.write(new byte[] {0, 1, 42}));
                var client = new DrivenCarrier(Carriers.tcp(server.address()))) {
            client.untilClosed();
            assertThat(client.received).containsExactly(new byte[] {42});
            assertThat(client.carrier.detail()).contains("closed the connection");
        }
    }

    @Test
    void aReaderThatStopsMakesItUnwritableAndMemoryStaysBounded() throws Exception {
        var mayRead = new CountDownLatch(1);
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    awaitQuietly(mayRead);
                                    echo(in, out);
                                });
                var client = new DrivenCarrier(Carriers.tcp(server.address()))) {
            client.untilOpen();
            byte[] packet = new byte[LARGEST];
            int taken = 0;
            while (client.carrier.writable()) {
                assertThat(client.carrier.trySend(packet, packet.length)).isTrue();
                client.carrier.flush();
                taken++;
            }
            int all = taken;
            assertThat(client.carrier.state()).isEqualTo(Carrier.State.OPEN);

            mayRead.countDown();

            client.selectUntil(() -> client.received.size() == all);
            assertThat(client.carrier.writable()).isTrue();
        }
    }

    @Test
    void nobodyListeningIsADetailAndNoException() throws Exception {
        InetSocketAddress closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        try (var client = new DrivenCarrier(Carriers.tcp(closed))) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains("refused");
        }
    }

    @Test
    void aThreadMaySleepBetweenAllSteps() throws Exception {
        TlsTrust pinned = TlsTrust.pinned(PlainServer.certificateSha256());
        try (var server = PlainServer.startTls(StreamCarrierTest::echo);
                var client =
                        new DrivenCarrier(Carriers.tls(server.address(), "localhost", pinned))) {
            client.selectUntil(() -> client.carrier.state() == Carrier.State.OPEN);
            byte[] packet = {1, 2, 3};
            assertThat(client.carrier.trySend(packet, packet.length)).isTrue();
            client.carrier.flush();
            client.selectUntil(() -> !client.received.isEmpty());
            assertThat(client.received.getFirst()).isEqualTo(packet);
        }
    }

    private static void echoes(DrivenCarrier client) {
        var random = new Random(7);
        int[] lengths = {1, 2, 125, 126, 127, 1200, 16383, LARGEST};
        for (int length : lengths) {
            byte[] packet = new byte[length];
            random.nextBytes(packet);
            client.received.clear();
            client.send(packet);
            client.untilReceived(1);
            assertThat(client.received.getFirst()).isEqualTo(packet);
        }
    }

    private static void echo(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] packet = new byte[in.readUnsignedShort()];
            in.readFully(packet);
            out.writeShort(packet.length);
            out.write(packet);
            out.flush();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}

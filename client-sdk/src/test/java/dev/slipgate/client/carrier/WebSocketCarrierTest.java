package dev.slipgate.client.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketCarrierTest {
    private static final RandomGenerator RANDOM = new Random(11);

    /** A frame as a server reads it. */
    private record Frame(int first, byte[] payload) {}

    @Test
    void packetsOfAllSizesComeBackAsTheyWent() throws Exception {
        try (var server = PlainServer.start(WebSocketCarrierTest::echo);
                var client = connect(server)) {
            client.untilOpen();
            for (int length : new int[] {1, 125, 126, 127, 1200, 16384}) {
                byte[] packet = new byte[length];
                RANDOM.nextBytes(packet);
                client.received.clear();
                client.send(packet);
                client.untilReceived(1);
                assertThat(client.received.getFirst()).isEqualTo(packet);
            }
        }
    }

    @Test
    void theRequestSaysWhatTheStandardAsksFor() throws Exception {
        var request = new AtomicReference<>("");
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    request.set(upgrade(in, out));
                                    in.read();
                                });
                var client = connect(server)) {
            client.untilOpen();
            assertThat(request.get())
                    .startsWith("GET /v1 HTTP/1.1\r\n")
                    .contains("\r\nHost: gateway.test:" + server.address().getPort() + "\r\n")
                    .contains("\r\nUpgrade: websocket\r\n")
                    .contains("\r\nSec-WebSocket-Version: 13\r\n")
                    .doesNotContain("Extensions");
        }
    }

    @Test
    void everyFrameHasAMaskOfItsOwn() throws Exception {
        Set<Integer> masks = new HashSet<>();
        var seen = new ConcurrentLinkedQueue<Integer>();
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    upgrade(in, out);
                                    while (true) {
                                        read(in, seen);
                                    }
                                });
                var client = connect(server)) {
            client.untilOpen();
            for (int i = 0; i < 8; i++) {
                client.send(new byte[] {1});
            }
            client.until(() -> seen.size() == 8);
            masks.addAll(seen);
            assertThat(masks).hasSize(8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 403 Forbidden~~|refused: HTTP/1.1 403 Forbidden",
                "HTTP/1.1 200 OK~Content-Length: 0~~|refused: HTTP/1.1 200 OK",
                "SSH-2.0-OpenSSH~~|no WebSocket server",
                "HTTP/1.1 101 X~Upgrade: websocket~Sec-WebSocket-Accept: x~~|none to this",
            })
    void aRefusedUpgradeIsTold(String answer, String problem) throws Exception {
        byte[] bytes = answer.replace("~", "\r\n").getBytes(ISO_8859_1);
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    request(in);
                                    out.write(bytes);
                                    out.flush();
                                    in.read();
                                });
                var client = connect(server)) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains(problem);
        }
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() throws Exception {
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    request(in);
                                    out.write(new byte[10_000]);
                                    out.flush();
                                    in.read();
                                });
                var client = connect(server)) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains("has no end");
        }
    }

    @Test
    void aMessageInPartsWithAPingBetweenIsOnePacketAndThePingIsAnswered() throws Exception {
        var answers = new ConcurrentLinkedQueue<Frame>();
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    upgrade(in, out);
                                    write(out, 0x02, new byte[] {1});
                                    write(out, 0x89, new byte[] {9, 9});
                                    write(out, 0x00, new byte[] {2});
                                    write(out, 0x80, new byte[] {3});
                                    answers.add(read(in, new ConcurrentLinkedQueue<>()));
                                    in.read();
                                });
                var client = connect(server)) {
            client.untilReceived(1);
            assertThat(client.received.getFirst()).containsExactly(1, 2, 3);
            client.until(() -> !answers.isEmpty());
            assertThat(answers.element().first()).isEqualTo(0x8a);
            assertThat(answers.element().payload()).containsExactly(9, 9);
        }
    }

    /** First byte, then second byte of a frame, then zeros as its payload. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "81 01", // text
                "83 01", // an opcode that does not exist
                "c2 01", // a reserved bit
                "82 81", // masked by a server
                "82 00", // empty
                "80 01", // a part without a beginning
                "82 7f", // a length of 64 bits
                "09 01", // a control frame in parts
                "89 7e", // a control frame that is too long
            })
    void aFrameThatBreaksTheRulesClosesWithAGoodbye(String head) throws Exception {
        var answers = new ConcurrentLinkedQueue<Frame>();
        byte first = (byte) Integer.parseInt(head.substring(0, 2), 16);
        byte second = (byte) Integer.parseInt(head.substring(3), 16);
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    upgrade(in, out);
                                    byte[] bytes = new byte[400];
                                    bytes[0] = first;
                                    bytes[1] = second;
                                    bytes[3] = (byte) 200; // a length of 16 bits
                                    out.write(bytes);
                                    out.flush();
                                    answers.add(read(in, new ConcurrentLinkedQueue<>()));
                                });
                var client = connect(server)) {
            client.untilClosed();
            assertThat(client.received).isEmpty();
            client.until(() -> !answers.isEmpty());
            assertThat(answers.element().first()).isEqualTo(0x88);
            assertThat(answers.element().payload()).startsWith(1002 >> 8, 1002 & 0xff);
        }
    }

    @Test
    void partsThatGrowAboveAPacketCloseIt() throws Exception {
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    upgrade(in, out);
                                    write(out, 0x02, new byte[10_000]);
                                    write(out, 0x80, new byte[10_000]);
                                    in.read();
                                });
                var client = connect(server)) {
            client.untilClosed();
            assertThat(client.carrier.detail()).contains("above any packet's size");
        }
    }

    @Test
    void aGoodbyeIsAnsweredAndTold() throws Exception {
        var answers = new ConcurrentLinkedQueue<Frame>();
        try (var server =
                        PlainServer.start(
                                (in, out) -> {
                                    upgrade(in, out);
                                    write(out, 0x88, new byte[] {3, (byte) 0xe9});
                                    answers.add(read(in, new ConcurrentLinkedQueue<>()));
                                });
                var client = connect(server)) {
            client.untilClosed();
            client.until(() -> !answers.isEmpty());
            assertThat(answers.element().first()).isEqualTo(0x88);
        }
    }

    @Test
    void itRunsInTlsToo() throws Exception {
        TlsTrust pinned = TlsTrust.pinned(PlainServer.certificateSha256());
        try (var server = PlainServer.startTls(WebSocketCarrierTest::echo);
                var client =
                        new DrivenCarrier(
                                Carriers.webSocketTls(
                                        server.address(), "h", "/v1", pinned, RANDOM))) {
            client.untilOpen();
            client.send(new byte[] {5});
            client.untilReceived(1);
            assertThat(client.received.getFirst()).containsExactly(5);
        }
    }

    private static DrivenCarrier connect(PlainServer server) throws IOException {
        return new DrivenCarrier(
                Carriers.webSocket(server.address(), "gateway.test", "/v1", RANDOM));
    }

    private static void echo(DataInputStream in, DataOutputStream out) throws IOException {
        upgrade(in, out);
        while (true) {
            Frame frame = read(in, new ConcurrentLinkedQueue<>());
            write(out, frame.first(), frame.payload());
        }
    }

    private static String request(DataInputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(ISO_8859_1);
    }

    private static String upgrade(DataInputStream in, DataOutputStream out) throws IOException {
        String request = request(in);
        String key = request.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*)\r\n.*", "$1");
        out.writeBytes(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: Upgrade\r\n"
                        + "sec-websocket-accept: "
                        + accept(key)
                        + "\r\n\r\n");
        out.flush();
        return request;
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(
                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                            .getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Frame read(DataInputStream in, Queue<Integer> masks) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        assertThat(second & 0x80).as("masked").isEqualTo(0x80);
        int length = (second & 0x7f) == 126 ? in.readUnsignedShort() : second & 0x7f;
        byte[] mask = new byte[4];
        in.readFully(mask);
        masks.add(java.nio.ByteBuffer.wrap(mask).getInt());
        byte[] payload = new byte[length];
        in.readFully(payload);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(first, payload);
    }

    private static void write(DataOutputStream out, int first, byte[] payload) throws IOException {
        out.writeByte(first);
        if (payload.length < 126) {
            out.writeByte(payload.length);
        } else {
            out.writeByte(126);
            out.writeShort(payload.length);
        }
        out.write(payload);
        out.flush();
    }
}

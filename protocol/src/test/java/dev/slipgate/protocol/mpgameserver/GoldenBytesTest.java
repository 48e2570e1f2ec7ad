package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.crypto.CryptoProviders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes that mpgameserver 0.2.4 itself made, under the key 00 01 .. 0f at second 1700000000. */
class GoldenBytesTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final String KEEP_ALIVE =
            "46534f436553f100000700090400000080000001f118a0e5c126b47bd9aa3eb5e7b81b87";
    private static final String ONE_MESSAGE =
            "46534f436553f1000008000906000701c0000000c7612aaab0f7b3714b9c85b3288fd4ab"
                    + "a438407d9f6bc6";
    private static final String THREE_MESSAGES =
            "46534f436553f1000009000906001c03c0000000d2a0d6af9f4c8e8e9887f3c114599f9b"
                    + "b7be72ee842de9d8fc581c06f803b5a9c7f8c149403c06325ae50e94";
    private static final String CHALLENGE_RESPONSE = "008400030100055a5a5a5a";

    private final byte[] out = new byte[1472];
    private final PayloadWriter writer = new PayloadWriter(new Sizes(1500).maxPayloadBytes());

    private String seal(int packet, int ackBits) {
        Wire.putNonce(out, Wire.MAGIC_TO_CLIENT, 1_700_000_000L, packet, 9);
        Wire.putContent(out, writer.firstType(), writer.length(), writer.count(), ackBits);
        int length =
                20
                        + CryptoProviders.select(CryptoProviders.JDK)
                                .aesGcm(KEY)
                                .seal(out, 0, out, 0, 20, out, 20, writer.length(), out, 20);
        return HexFormat.of().formatHex(out, 0, length);
    }

    private void add(int type, int number, byte... body) {
        System.arraycopy(body, 0, out, writer.add(type, number, body.length), body.length);
    }

    @Test
    void aKeepAlive() {
        writer.start(out);
        assertThat(seal(7, 0x80000001)).isEqualTo(KEEP_ALIVE);
    }

    @Test
    void oneMessage() {
        writer.start(out);
        add(Wire.APP, 3, ascii("hello"));
        assertThat(seal(8, 0xC0000000)).isEqualTo(ONE_MESSAGE);
    }

    @Test
    void threeMessages() {
        writer.start(out);
        add(Wire.APP, 4, ascii("one"));
        add(Wire.APP_FRAGMENT, 5, HexFormat.of().parseHex("00010002000272657374"));
        add(Wire.APP, 6);
        assertThat(seal(9, 0xC0000000)).isEqualTo(THREE_MESSAGES);
    }

    @Test
    void threeMessagesReadBack() {
        byte[] packet = HexFormat.of().parseHex(THREE_MESSAGES);
        byte[] plain = new byte[100];
        int length =
                CryptoProviders.select(CryptoProviders.JDK)
                        .aesGcm(KEY)
                        .open(packet, 0, packet, 0, 20, packet, 20, packet.length - 20, plain, 0);
        var cursor = new PacketCursor();
        cursor.start(plain, length, Wire.type(packet, 0), Wire.count(packet, 0));
        assertThat(cursor.check(PacketCursor.CLIENT_TAKES)).isNull();
        assertThat(read(cursor)).isEqualTo("6:4:one");
        assertThat(read(cursor)).startsWith("7:5:").endsWith("rest");
        assertThat(read(cursor)).isEqualTo("6:6:");
        assertThat(cursor.next()).isFalse();
    }

    private static String read(PacketCursor cursor) {
        assertThat(cursor.next()).isTrue();
        byte[] body =
                Arrays.copyOfRange(
                        cursor.bytes(), cursor.offset(), cursor.offset() + cursor.length());
        return cursor.type()
                + ":"
                + cursor.number()
                + ":"
                + new String(body, StandardCharsets.US_ASCII);
    }

    @Test
    void theAnswerToTheChallenge() {
        assertThat(HexFormat.of().formatHex(ChallengeResponse.encode(0x5a5a5a5a)))
                .isEqualTo(CHALLENGE_RESPONSE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

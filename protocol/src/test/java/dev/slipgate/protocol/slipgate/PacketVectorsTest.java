package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.noise.NoiseNonce;
import dev.slipgate.protocol.slipgate.frame.FrameReader;
import dev.slipgate.protocol.slipgate.handshake.HandshakeVectors;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.slipgate.packet.ReplayWindow;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/wire-vectors/packets.json}: made by this code, and read by it as it says. */
class PacketVectorsTest {
    private static final int LARGEST_PACKET = 1200;

    private final PacketVectors made = new PacketVectors();

    /** What came of a packet. */
    private record Read(String verdict, @Nullable Object fields) {}

    @Test
    void theFileIsWhatTheCodeMakes() throws IOException {
        made.file().checkOrRewrite();
    }

    @Test
    void everyVectorReadsAsItSays() {
        for (Map<String, Object> vector : made.file().vectors()) {
            Read read = read(vector);
            String name = (String) vector.get("name");
            assertThat(read.verdict).as(name).isEqualTo(vector.get("verdict"));
            assertThat(read.fields).as(name).isEqualTo(vector.get("fields"));
        }
    }

    @Test
    void noTwoHaveOneName() {
        assertThat(made.file().vectors().stream().map(v -> v.get("name"))).doesNotHaveDuplicates();
    }

    private Read read(Map<String, Object> vector) {
        byte[] packet = HexFormat.of().parseHex((String) vector.get("bytes"));
        var window = new ReplayWindow();
        ((List<?>) Objects.requireNonNull(vector.get("seen")))
                .forEach(number -> window.record((Long) number));
        var header = new PacketHeader();
        if (packet.length > LARGEST_PACKET || header.parse(packet, 0, packet.length) != null) {
            return new Read("dropped", null);
        }
        if (header.sessionId() != HandshakeVectors.SESSION_ID) {
            return new Read("unknown session", null);
        }
        long number = header.number(window.highest());
        if (window.check(number) != null) {
            return new Read("dropped", null);
        }
        boolean gateway = Objects.equals(vector.get("reader"), "gateway");
        byte[] frames = open(packet, header, number, gateway);
        return frames == null ? new Read("dropped", null) : readFrames(frames, gateway);
    }

    private byte @Nullable [] open(
            byte[] packet, PacketHeader header, long number, boolean gateway) {
        byte[] key =
                gateway ? made.keys().initiatorToResponder() : made.keys().responderToInitiator();
        byte[] nonce = new byte[Aead.NONCE_BYTES];
        NoiseNonce.put(nonce, number);
        byte[] plain = new byte[packet.length];
        int at = header.length();
        int opened =
                SealedVectors.CRYPTO
                        .aesGcm(key)
                        .open(nonce, 0, packet, 0, at, packet, at, packet.length - at, plain, 0);
        return opened < 0 ? null : Arrays.copyOf(plain, opened);
    }

    private static Read readFrames(byte[] frames, boolean gateway) {
        var reader = new FrameReader();
        reader.begin(frames, 0, frames.length);
        List<Map<String, Object>> described = FrameDescription.of(reader);
        boolean ofTheOtherSide =
                described != null
                        && described.stream()
                                .anyMatch(f -> !belongs(f.getOrDefault("kind", ""), gateway));
        return described == null || ofTheOtherSide
                ? new Read("broken", null)
                : new Read("opens", described);
    }

    private static boolean belongs(Object kind, boolean gateway) {
        return switch (kind.toString()) {
            case "TOKEN", "PATH_RESPONSE" -> gateway;
            case "TICKET", "REDIRECT", "PATH_CHALLENGE" -> !gateway;
            default -> true;
        };
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.noise.NoiseNonce;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.handshake.HandshakeVectors;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.vectors.VectorFile;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Seals packets under the keys of the handshake's vectors, and writes them down. */
final class SealedVectors {
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    static final long NONE = -1;
    static final int LARGEST_PACKET = 1200;

    final TransportKeys keys = new HandshakeVectors().sessionKeys();
    private final VectorFile file = new VectorFile("packets.json", "Sealed packets and frames");
    private int count;

    SealedVectors() {
        file.common("session id", HexFormat.of().toHexDigits(HandshakeVectors.SESSION_ID));
        file.common("client to gateway key", hex(keys.initiatorToResponder()));
        file.common("gateway to client key", hex(keys.responderToInitiator()));
    }

    VectorFile file() {
        return file;
    }

    /** One packet before it is sealed. */
    record Draft(String reader, long number, int numberBytes, byte[] frames) {}

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    byte[] seal(Draft draft) {
        boolean toGateway = draft.reader.equals("gateway");
        return seal(draft, toGateway ? keys.initiatorToResponder() : keys.responderToInitiator());
    }

    static byte[] seal(Draft draft, byte[] key) {
        byte[] packet = new byte[LARGEST_PACKET + 1];
        int at =
                PacketHeader.write(
                        packet, 0, HandshakeVectors.SESSION_ID, draft.number, draft.numberBytes);
        byte[] nonce = new byte[Aead.NONCE_BYTES];
        NoiseNonce.put(nonce, draft.number);
        byte[] frames = draft.frames;
        int sealed =
                CRYPTO.aesGcm(key)
                        .seal(nonce, 0, packet, 0, at, frames, 0, frames.length, packet, at);
        return Arrays.copyOf(packet, at + sealed);
    }

    static byte[] padded(byte[] frames, int numberBytes) {
        int least =
                PacketHeader.MIN_PACKET_BYTES - PacketHeader.length(numberBytes) - Aead.TAG_BYTES;
        return frames.length >= least ? frames : Arrays.copyOf(frames, least);
    }

    static byte[] frames(Consumer<FrameWriter> writing) {
        byte[] out = new byte[1100];
        var writer = new FrameWriter();
        writer.begin(out, 0, out.length);
        writing.accept(writer);
        return Arrays.copyOf(out, writer.at());
    }

    /**
     * Adds a vector.
     *
     * @param highest the only number that the reader has opened, or {@link #NONE}
     */
    Map<String, Object> add(String name, String verdict, Draft draft, long highest, byte[] bytes) {
        var vector = new LinkedHashMap<String, Object>();
        vector.put("name", name);
        vector.put("reader", draft.reader);
        vector.put("verdict", verdict);
        vector.put("highest", highest);
        vector.put("seen", highest == NONE ? List.of() : List.of(highest));
        if (verdict.equals("opens") || verdict.equals("broken")) {
            vector.put("number", draft.number);
            vector.put("frames", hex(draft.frames));
        }
        vector.put("bytes", hex(bytes));
        file.add(vector);
        return vector;
    }

    /** A packet that opens: number after number, with these frames. */
    void opens(String name, String reader, byte[] frames, List<?> fields) {
        int number = count++;
        var draft = new Draft(reader, number, 1, padded(frames, 1));
        add(name, "opens", draft, number - 1L, seal(draft)).put("fields", fields);
    }

    /** A packet that opens, with frames that break the protocol. */
    void broken(String name, String reader, String frames) {
        int number = count++;
        // Behind it no PADDING, which might complete it: a PING before it makes up the length.
        byte[] wrong = hex(frames);
        byte[] pings = new byte[Math.max(0, 10 - wrong.length)];
        Arrays.fill(pings, (byte) 1);
        byte[] all = Arrays.copyOf(pings, pings.length + wrong.length);
        System.arraycopy(wrong, 0, all, pings.length, wrong.length);
        var draft = new Draft(reader, number, 1, all);
        add(name, "broken", draft, number - 1L, seal(draft));
    }
}

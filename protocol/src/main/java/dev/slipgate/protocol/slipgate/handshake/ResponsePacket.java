package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.util.Arrays;

/** The gateway's answer to an INIT: clear header, Noise message 2. */
final class ResponsePacket {
    private static final int NOISE_OFFSET = ClearHeader.BYTES;
    private static final int EMPTY_BYTES = NOISE_OFFSET + X25519KeyPair.KEY_BYTES + Aead.TAG_BYTES;

    /** Bytes of a packet that accepts. */
    static final int ACCEPTED_BYTES = EMPTY_BYTES + ResponsePayload.Accepted.BYTES;

    /** Bytes of a packet that says the gateway is full. */
    static final int FULL_BYTES = EMPTY_BYTES + ResponsePayload.Full.BYTES;

    private ResponsePacket() {}

    /** Whether it may be one, by its length. */
    static boolean hasItsLength(int length) {
        return length == ACCEPTED_BYTES || length == FULL_BYTES;
    }

    static byte[] encode(int keyId, byte[] noiseMessage) {
        byte[] packet = new byte[NOISE_OFFSET + noiseMessage.length];
        ClearHeader.write(packet, ClearHeader.RESPONSE, ClearHeader.VERSION, keyId);
        System.arraycopy(noiseMessage, 0, packet, NOISE_OFFSET, noiseMessage.length);
        return packet;
    }

    /** The Noise message as it came. */
    static byte[] noiseMessage(byte[] in, int offset, int length) {
        return Arrays.copyOfRange(in, offset + NOISE_OFFSET, offset + length);
    }
}

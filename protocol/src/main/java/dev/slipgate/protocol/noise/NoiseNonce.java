package dev.slipgate.protocol.noise;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.memory.BigEndian;

/**
 * The nonce of Noise's AESGCM (section 12.4): four zero bytes and the 64-bit number, big-endian.
 */
public final class NoiseNonce {
    private static final int NUMBER_OFFSET = Aead.NONCE_BYTES - Long.BYTES;

    private NoiseNonce() {}

    /**
     * Writes the number's nonce.
     *
     * @param nonce {@link Aead#NONCE_BYTES} bytes, of which the first four are zeros and stay so
     */
    public static void put(byte[] nonce, long number) {
        BigEndian.put64(nonce, NUMBER_OFFSET, number);
    }
}

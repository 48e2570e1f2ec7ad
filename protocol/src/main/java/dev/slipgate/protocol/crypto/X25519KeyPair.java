package dev.slipgate.protocol.crypto;

import java.util.HexFormat;

/**
 * A key pair on Curve25519 (RFC 7748) as it stands on the wire. Its arrays are not copied: nobody
 * changes them.
 *
 * @param privateKey {@value #KEY_BYTES} bytes, the scalar before clamping
 * @param publicKey {@value #KEY_BYTES} bytes, the little-endian u-coordinate
 */
public record X25519KeyPair(byte[] privateKey, byte[] publicKey) {
    /** Bytes of a private key, of a public key and of what two pairs agree on. */
    public static final int KEY_BYTES = 32;

    /**
     * @throws IllegalArgumentException when a key is not of {@link #KEY_BYTES}
     */
    public X25519KeyPair {
        requireKey(privateKey);
        requireKey(publicKey);
    }

    /** The public key only, so that no log line ever tells the private one. */
    @Override
    public String toString() {
        return "X25519KeyPair[publicKey=" + HexFormat.of().formatHex(publicKey) + "]";
    }

    /**
     * @throws IllegalArgumentException when the key is not of {@link #KEY_BYTES}
     */
    static byte[] requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "X25519 key of %d bytes, not %d".formatted(key.length, KEY_BYTES));
        }
        return key;
    }
}

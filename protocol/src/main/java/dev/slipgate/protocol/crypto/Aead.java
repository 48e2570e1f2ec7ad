package dev.slipgate.protocol.crypto;

/**
 * AES-GCM under one key, 12-byte nonces, 16-byte tags. Confined to one thread. The caller never
 * seals twice with one nonce; it may open with one as often as it likes. No call makes an object
 * that outlives it, and a wrong tag is a value to the caller: it costs the exception that the
 * provider throws inside, and no more.
 */
public interface Aead {
    int NONCE_BYTES = 12;
    int TAG_BYTES = 16;

    /**
     * Seals {@code plain} and appends the tag.
     *
     * @return bytes written to {@code out}: plain length + {@link #TAG_BYTES}. {@code out} may be
     *     the input at the same offset
     */
    int seal(
            byte[] nonce,
            int nonceOffset,
            byte[] aad,
            int aadOffset,
            int aadLength,
            byte[] plain,
            int plainOffset,
            int plainLength,
            byte[] out,
            int outOffset);

    /**
     * Opens {@code sealed}, which ends in its tag.
     *
     * @return bytes written to {@code out}, or -1 when the tag is wrong or the input too short;
     *     then {@code out} is arbitrary
     */
    int open(
            byte[] nonce,
            int nonceOffset,
            byte[] aad,
            int aadOffset,
            int aadLength,
            byte[] sealed,
            int sealedOffset,
            int sealedLength,
            byte[] out,
            int outOffset);
}

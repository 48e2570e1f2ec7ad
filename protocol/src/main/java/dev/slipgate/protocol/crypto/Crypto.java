package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The port to cryptography: what the protocols need and nothing else, with a native provider where
 * there is one and the JDK's otherwise; the results are the same. Thread-safe. What it makes is
 * not.
 */
public interface Crypto {
    /**
     * What runs behind the port, such as {@code accp+conscrypt} or {@code jdk}; for logs and {@code
     * /stats}.
     */
    String name();

    /**
     * A sealer and opener under one AES key, for one thread. Make one per connection and direction:
     * sharing one among keys costs a key schedule per packet.
     *
     * @param key 16 or 32 bytes
     */
    Aead aesGcm(byte[] key);

    /** A fresh P-256 key pair. */
    KeyPair generateP256();

    /**
     * The X coordinate of the shared point, 32 bytes.
     *
     * @param peerSpki the peer's key as DER SubjectPublicKeyInfo with a named curve
     * @throws GeneralSecurityException when the key does not decode, is not on P-256 or is no point
     *     of it
     */
    byte[] ecdhP256(PrivateKey own, byte[] peerSpki) throws GeneralSecurityException;

    /** An ECDSA signature with SHA-256, in DER. */
    byte[] signP256(PrivateKey key, byte[] message);

    /** Whether the DER signature is the key's over the message; false for anything malformed. */
    boolean verifyP256(PublicKey key, byte[] message, byte[] signature);

    /** Decodes a DER SubjectPublicKeyInfo of a P-256 key. */
    PublicKey decodeP256(byte[] spki) throws GeneralSecurityException;

    /** HKDF (RFC 5869) with SHA-256, extract and expand. {@code lengthBytes} is at most 8160. */
    byte[] hkdfSha256(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes);

    /** HMAC (RFC 2104) with SHA-256 over the parts one after the other: 32 bytes. */
    byte[] hmacSha256(byte[] key, byte[]... parts);

    /** SHA-256 of the parts one after the other: 32 bytes. */
    byte[] sha256(byte[]... parts);

    /** A fresh X25519 key pair. */
    X25519KeyPair generateX25519();

    /**
     * The X25519 key pair of a private key; the array is kept.
     *
     * @param privateKey any {@link X25519KeyPair#KEY_BYTES} bytes
     */
    X25519KeyPair x25519Pair(byte[] privateKey);

    /**
     * What the two sides of an X25519 agreement share, 32 bytes; null when it is all zeros, as a
     * peer can bring about with a point of small order.
     *
     * @param privateKey {@link X25519KeyPair#KEY_BYTES} bytes
     * @param peerPublicKey {@link X25519KeyPair#KEY_BYTES} bytes, any
     */
    byte @Nullable [] agreeX25519(byte[] privateKey, byte[] peerPublicKey);
}

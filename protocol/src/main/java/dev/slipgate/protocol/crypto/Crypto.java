package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * The port to cryptography: what the protocols need and nothing else, with a native provider where
 * there is one and the JDK's otherwise; the results are the same. Thread-safe. What it makes is
 * not.
 */
public interface Crypto {
    /**
     * What runs behind the port, such as {@code accp} or {@code jdk}; for logs and {@code /stats}.
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
}

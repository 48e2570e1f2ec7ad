package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * X25519 on raw keys, by one provider of the Java Cryptography Architecture. Keys go in and out in
 * the one encoding that RFC 8410 leaves them, which all providers share: a fixed head and the 32
 * bytes. Thread-safe.
 */
final class JcaX25519 {
    private static final String X25519 = "X25519";
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] PKCS8_HEAD = HEX.parseHex("302e020100300506032b656e04220420");
    private static final byte[] SPKI_HEAD = HEX.parseHex("302a300506032b656e032100");

    /**
     * The base point: agreeing with it gives a private key's public key (RFC 7748, section 6.1).
     */
    private static final byte[] BASE_POINT = basePoint();

    /** The example of RFC 7748, section 6.1. */
    private static final byte[] ALICE =
            HEX.parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");

    private static final byte[] ALICE_PUBLIC =
            HEX.parseHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static final byte[] BOB_PUBLIC =
            HEX.parseHex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static final byte[] ALICE_AND_BOB =
            HEX.parseHex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    private final Provider provider;

    JcaX25519(Provider provider) {
        this.provider = provider;
    }

    /** Whether the provider calculates the known example, and makes pairs that agree with it. */
    boolean passesSelfTest() {
        X25519KeyPair alice = pair(ALICE);
        X25519KeyPair fresh = generate();
        return Arrays.equals(alice.publicKey(), ALICE_PUBLIC)
                && Arrays.equals(agree(ALICE, BOB_PUBLIC), ALICE_AND_BOB)
                && Arrays.equals(
                        agree(ALICE, fresh.publicKey()), agree(fresh.privateKey(), ALICE_PUBLIC))
                && agree(ALICE, new byte[X25519KeyPair.KEY_BYTES]) == null;
    }

    X25519KeyPair generate() {
        return JcaCrypto.certain(
                "X25519 key pair",
                () -> {
                    KeyPair pair = KeyPairGenerator.getInstance(X25519, provider).generateKeyPair();
                    return new X25519KeyPair(
                            raw(pair.getPrivate(), PKCS8_HEAD), raw(pair.getPublic(), SPKI_HEAD));
                });
    }

    X25519KeyPair pair(byte[] privateKey) {
        byte[] publicKey = agree(privateKey, BASE_POINT);
        if (publicKey == null) {
            throw new IllegalStateException(provider.getName() + " refuses the X25519 base point");
        }
        return new X25519KeyPair(privateKey, publicKey);
    }

    /**
     * The agreement, or null when it is all zeros: the providers refuse such a peer with an
     * exception of theirs, which is its whole cost.
     */
    byte @Nullable [] agree(byte[] privateKey, byte[] peerPublicKey) {
        X25519KeyPair.requireKey(peerPublicKey);
        return JcaCrypto.certain(
                "X25519 agreement",
                () -> {
                    KeyFactory keys = KeyFactory.getInstance(X25519, provider);
                    KeyAgreement agreement = KeyAgreement.getInstance(X25519, provider);
                    agreement.init(privateKey(keys, privateKey));
                    return finish(agreement, publicKey(keys, peerPublicKey));
                });
    }

    private static byte @Nullable [] finish(KeyAgreement agreement, PublicKey peer)
            throws GeneralSecurityException {
        try {
            agreement.doPhase(peer, true);
            byte[] shared = agreement.generateSecret();
            return isZero(shared) ? null : shared;
        } catch (InvalidKeyException e) {
            return null;
        }
    }

    /** Without a branch on what the bytes are: they are secret. */
    private static boolean isZero(byte[] shared) {
        int union = 0;
        for (byte part : shared) {
            union |= part;
        }
        return union == 0;
    }

    private static PrivateKey privateKey(KeyFactory keys, byte[] raw)
            throws GeneralSecurityException {
        return keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8(raw)));
    }

    private static PublicKey publicKey(KeyFactory keys, byte[] raw)
            throws GeneralSecurityException {
        return keys.generatePublic(new X509EncodedKeySpec(encoded(SPKI_HEAD, raw)));
    }

    /** A private key as PKCS #8 without its public half (RFC 8410, section 7). */
    static byte[] pkcs8(byte[] raw) {
        return encoded(PKCS8_HEAD, raw);
    }

    private static byte[] encoded(byte[] head, byte[] raw) {
        X25519KeyPair.requireKey(raw);
        byte[] encoded = Arrays.copyOf(head, head.length + raw.length);
        System.arraycopy(raw, 0, encoded, head.length, raw.length);
        return encoded;
    }

    private static byte[] raw(Key key, byte[] head) throws InvalidKeyException {
        byte[] encoded = key.getEncoded();
        if (!Arrays.equals(head, 0, head.length, encoded, 0, head.length)) {
            throw new InvalidKeyException("the provider encodes X25519 keys in another way");
        }
        return Arrays.copyOfRange(encoded, head.length, encoded.length);
    }

    private static byte[] basePoint() {
        byte[] point = new byte[X25519KeyPair.KEY_BYTES];
        point[0] = 9;
        return point;
    }
}

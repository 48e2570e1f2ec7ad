package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The port over the Java Cryptography Architecture, by named providers, of which none needs to be
 * installed. HKDF, HMAC and SHA-256 are always the JDK's: the native provider has no {@link KDF},
 * and they are run a few times per handshake.
 */
final class JcaCrypto implements Crypto {
    private static final String ECDSA = "SHA256withECDSA";
    private static final String HMAC_SHA256 = "HmacSHA256";
    private static final String SHA256 = "SHA-256";

    private final String name;
    private final Provider ciphers;
    private final Provider curves;
    private final JcaX25519 x25519;
    private volatile @Nullable OwnKey lastSigner;

    /**
     * @param ciphers does AES-GCM
     * @param curves does key pairs, ECDH and ECDSA on P-256
     */
    JcaCrypto(String name, Provider ciphers, Provider curves, JcaX25519 x25519) {
        this.name = name;
        this.ciphers = ciphers;
        this.curves = curves;
        this.x25519 = x25519;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Aead aesGcm(byte[] key) {
        return new JcaAead(ciphers, key);
    }

    @Override
    public KeyPair generateP256() {
        return certain(
                "P-256 key pair",
                () -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", curves);
                    generator.initialize(new ECGenParameterSpec(P256.NAME));
                    return generator.generateKeyPair();
                });
    }

    @Override
    public byte[] ecdhP256(PrivateKey own, byte[] peerSpki) throws GeneralSecurityException {
        PublicKey peer = decodeP256(peerSpki);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", curves);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    @Override
    public byte[] signP256(PrivateKey key, byte[] message) {
        return certain(
                "ECDSA signature",
                () -> {
                    Signature signature = Signature.getInstance(ECDSA, curves);
                    signature.initSign(own(key));
                    signature.update(message);
                    return signature.sign();
                });
    }

    @Override
    public boolean verifyP256(PublicKey key, byte[] message, byte[] signature) {
        if (!EcdsaEncoding.isStrict(signature)) {
            return false;
        }
        return certain(
                "ECDSA verification",
                () -> {
                    Signature verification = Signature.getInstance(ECDSA, curves);
                    verification.initVerify(key);
                    verification.update(message);
                    return verifies(verification, signature);
                });
    }

    @Override
    public PublicKey decodeP256(byte[] spki) throws GeneralSecurityException {
        P256.decodeSpki(spki);
        return KeyFactory.getInstance("EC", curves).generatePublic(new X509EncodedKeySpec(spki));
    }

    @Override
    public byte[] hkdfSha256(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes) {
        return certain(
                "HKDF of " + lengthBytes + " bytes",
                () ->
                        KDF.getInstance("HKDF-SHA256")
                                .deriveData(
                                        HKDFParameterSpec.ofExtract()
                                                .addIKM(inputKey)
                                                .addSalt(salt)
                                                .thenExpand(info, lengthBytes)));
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        return certain(
                HMAC_SHA256,
                () -> {
                    Mac mac = Mac.getInstance(HMAC_SHA256);
                    mac.init(new SecretKeySpec(key, HMAC_SHA256));
                    for (byte[] part : parts) {
                        mac.update(part);
                    }
                    return mac.doFinal();
                });
    }

    @Override
    public byte[] sha256(byte[]... parts) {
        return certain(
                SHA256,
                () -> {
                    MessageDigest digest = MessageDigest.getInstance(SHA256);
                    for (byte[] part : parts) {
                        digest.update(part);
                    }
                    return digest.digest();
                });
    }

    @Override
    public X25519KeyPair generateX25519() {
        return x25519.generate();
    }

    @Override
    public X25519KeyPair x25519Pair(byte[] privateKey) {
        return x25519.pair(privateKey);
    }

    @Override
    public byte @Nullable [] agreeX25519(byte[] privateKey, byte[] peerPublicKey) {
        return x25519.agree(privateKey, peerPublicKey);
    }

    /**
     * The provider's own form of a key that another one made, as those read from files are. A
     * gateway signs with one key for its life, and translating it anew costs 30 us of the 55 that a
     * signature then takes.
     */
    private PrivateKey own(PrivateKey key) throws GeneralSecurityException {
        OwnKey last = lastSigner;
        if (last == null || last.origin() != key) {
            Key translated = KeyFactory.getInstance("EC", curves).translateKey(key);
            last = new OwnKey(key, (PrivateKey) translated);
            lastSigner = last;
        }
        return last.translated();
    }

    private record OwnKey(PrivateKey origin, PrivateKey translated) {}

    /** Numbers out of range are an exception to some providers; here they do not verify. */
    private static boolean verifies(Signature verification, byte[] signature) {
        try {
            return verification.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }

    /** Runs a step that can only fail by a caller's bug or a broken provider. */
    static <T extends @Nullable Object> T certain(String what, Step<T> step) {
        try {
            return step.run();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(what + " refused: " + e.getMessage(), e);
        }
    }

    /** A call into the JCA. */
    interface Step<T extends @Nullable Object> {
        T run() throws GeneralSecurityException;
    }
}

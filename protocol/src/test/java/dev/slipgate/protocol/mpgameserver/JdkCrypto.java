package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The crypto port on the JDK alone, so that the dialect's tests need no provider of ours. */
final class JdkCrypto implements Crypto {
    @Override
    public String name() {
        return "test";
    }

    @Override
    public Aead aesGcm(byte[] key) {
        return new JdkAead(new SecretKeySpec(key, "AES"));
    }

    @Override
    public KeyPair generateP256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] ecdhP256(PrivateKey own, byte[] peerSpki) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(decodeP256(peerSpki), true);
        return agreement.generateSecret();
    }

    @Override
    public byte[] signP256(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean verifyP256(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public PublicKey decodeP256(byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
    }

    @Override
    public byte[] hkdfSha256(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(inputKey)
                                    .addSalt(salt)
                                    .thenExpand(info, lengthBytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class JdkAead implements Aead {
        private final Cipher cipher;
        private final SecretKeySpec key;

        JdkAead(SecretKeySpec key) {
            this.key = key;
            try {
                this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int seal(
                byte[] nonce,
                int nonceOffset,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] plain,
                int plainOffset,
                int plainLength,
                byte[] out,
                int outOffset) {
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, spec(nonce, nonceOffset));
                cipher.updateAAD(aad, aadOffset, aadLength);
                return cipher.doFinal(plain, plainOffset, plainLength, out, outOffset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int open(
                byte[] nonce,
                int nonceOffset,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] sealed,
                int sealedOffset,
                int sealedLength,
                byte[] out,
                int outOffset) {
            try {
                cipher.init(Cipher.DECRYPT_MODE, key, spec(nonce, nonceOffset));
                cipher.updateAAD(aad, aadOffset, aadLength);
                return cipher.doFinal(sealed, sealedOffset, sealedLength, out, outOffset);
            } catch (GeneralSecurityException e) {
                return -1;
            }
        }

        private static GCMParameterSpec spec(byte[] nonce, int offset) {
            return new GCMParameterSpec(TAG_BYTES * 8, nonce, offset, NONCE_BYTES);
        }
    }
}

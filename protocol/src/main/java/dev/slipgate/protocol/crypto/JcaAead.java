package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM by a provider's {@link Cipher}, one per object: a cipher that sees one key only keeps its
 * key schedule from packet to packet.
 *
 * <p>A wrong tag costs the exception that the provider throws, whatever is done here: 0.9 us with
 * the JDK's, 5.5 us with the native one, which builds it through JNI.
 */
final class JcaAead implements Aead {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final NonceSpec nonceSpec = new NonceSpec();

    JcaAead(Provider provider, byte[] key) {
        if (key.length != 16 && key.length != 32) {
            throw new IllegalArgumentException("AES key of " + key.length + " bytes, not 16 or 32");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.cipher =
                JcaCrypto.certain(
                        TRANSFORMATION, () -> Cipher.getInstance(TRANSFORMATION, provider));
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
            cipher.init(Cipher.ENCRYPT_MODE, key, nonceSpec.forSealing(nonce, nonceOffset));
            cipher.updateAAD(aad, aadOffset, aadLength);
            return cipher.doFinal(plain, plainOffset, plainLength, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw misuse(e, plainLength + TAG_BYTES, out.length - outOffset);
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
        if (sealedLength < TAG_BYTES) {
            return -1;
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonceSpec.forOpening(nonce, nonceOffset));
            cipher.updateAAD(aad, aadOffset, aadLength);
            return cipher.doFinal(sealed, sealedOffset, sealedLength, out, outOffset);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw misuse(e, sealedLength - TAG_BYTES, out.length - outOffset);
        }
    }

    private static RuntimeException misuse(
            GeneralSecurityException cause, int neededBytes, int roomBytes) {
        if (cause instanceof ShortBufferException) {
            return new IllegalArgumentException(
                    "output needs " + neededBytes + " bytes, has room for " + roomBytes, cause);
        }
        return new IllegalStateException("AES-GCM refused: " + cause.getMessage(), cause);
    }
}

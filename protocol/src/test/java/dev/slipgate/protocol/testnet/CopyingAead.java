package dev.slipgate.protocol.testnet;

import dev.slipgate.protocol.crypto.Aead;

/** Seals by copying, so that what is measured is not the provider's garbage. */
public final class CopyingAead implements Aead {
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
        System.arraycopy(plain, plainOffset, out, outOffset, plainLength);
        return plainLength + TAG_BYTES;
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
        System.arraycopy(sealed, sealedOffset, out, outOffset, sealedLength - TAG_BYTES);
        return sealedLength - TAG_BYTES;
    }
}

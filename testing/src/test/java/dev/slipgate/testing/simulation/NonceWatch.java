package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Crypto that remembers every nonce under which anything was sealed, by key, whoever made the
 * cipher and how often; and whose ephemeral keys follow from the seed.
 */
final class NonceWatch implements Crypto {
    private final Crypto real;
    private final SplittableRandom random;
    private final Map<ByteBuffer, BitSet> sealed = new HashMap<>();

    NonceWatch(Crypto real, SplittableRandom random) {
        this.real = real;
        this.random = random;
    }

    @Override
    public Aead aesGcm(byte[] key) {
        BitSet used = sealed.computeIfAbsent(ByteBuffer.wrap(key.clone()), at -> new BitSet());
        return new WatchedAead(real.aesGcm(key), used);
    }

    @Override
    public X25519KeyPair generateX25519() {
        byte[] key = new byte[X25519KeyPair.KEY_BYTES];
        random.nextBytes(key);
        return real.x25519Pair(key);
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public KeyPair generateP256() {
        return real.generateP256();
    }

    @Override
    public byte[] ecdhP256(PrivateKey own, byte[] peerSpki) throws GeneralSecurityException {
        return real.ecdhP256(own, peerSpki);
    }

    @Override
    public byte[] signP256(PrivateKey key, byte[] message) {
        return real.signP256(key, message);
    }

    @Override
    public boolean verifyP256(PublicKey key, byte[] message, byte[] signature) {
        return real.verifyP256(key, message, signature);
    }

    @Override
    public PublicKey decodeP256(byte[] spki) throws GeneralSecurityException {
        return real.decodeP256(spki);
    }

    @Override
    public byte[] hkdfSha256(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes) {
        return real.hkdfSha256(inputKey, salt, info, lengthBytes);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        return real.hmacSha256(key, parts);
    }

    @Override
    public byte[] sha256(byte[]... parts) {
        return real.sha256(parts);
    }

    @Override
    public X25519KeyPair x25519Pair(byte[] privateKey) {
        return real.x25519Pair(privateKey);
    }

    @Override
    public byte @Nullable [] agreeX25519(byte[] privateKey, byte[] peerPublicKey) {
        return real.agreeX25519(privateKey, peerPublicKey);
    }

    /** A cipher whose every sealing is remembered. */
    private record WatchedAead(Aead real, BitSet used) implements Aead {
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
            ByteBuffer fields = ByteBuffer.wrap(nonce, nonceOffset, NONCE_BYTES);
            int zeros = fields.getInt();
            long number = fields.getLong();
            Broken.unless(zeros == 0 && number >>> 31 == 0, "a nonce that no packet number has");
            Broken.unless(!used.get((int) number), "nonce %d was used twice", number);
            used.set((int) number);
            return real.seal(
                    nonce,
                    nonceOffset,
                    aad,
                    aadOffset,
                    aadLength,
                    plain,
                    plainOffset,
                    plainLength,
                    out,
                    outOffset);
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
            return real.open(
                    nonce,
                    nonceOffset,
                    aad,
                    aadOffset,
                    aadLength,
                    sealed,
                    sealedOffset,
                    sealedLength,
                    out,
                    outOffset);
        }
    }
}

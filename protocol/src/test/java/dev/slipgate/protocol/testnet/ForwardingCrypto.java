package dev.slipgate.protocol.testnet;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Another port with its own AEAD. */
public record ForwardingCrypto(Crypto other, Supplier<Aead> aeads) implements Crypto {
    @Override
    public String name() {
        return other.name();
    }

    @Override
    public Aead aesGcm(byte[] key) {
        return aeads.get();
    }

    @Override
    public KeyPair generateP256() {
        return other.generateP256();
    }

    @Override
    public byte[] ecdhP256(PrivateKey own, byte[] peerSpki) throws GeneralSecurityException {
        return other.ecdhP256(own, peerSpki);
    }

    @Override
    public byte[] signP256(PrivateKey key, byte[] message) {
        return other.signP256(key, message);
    }

    @Override
    public boolean verifyP256(PublicKey key, byte[] message, byte[] signature) {
        return other.verifyP256(key, message, signature);
    }

    @Override
    public PublicKey decodeP256(byte[] spki) throws GeneralSecurityException {
        return other.decodeP256(spki);
    }

    @Override
    public byte[] hkdfSha256(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes) {
        return other.hkdfSha256(inputKey, salt, info, lengthBytes);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        return other.hmacSha256(key, parts);
    }

    @Override
    public byte[] sha256(byte[]... parts) {
        return other.sha256(parts);
    }

    @Override
    public X25519KeyPair generateX25519() {
        return other.generateX25519();
    }

    @Override
    public X25519KeyPair x25519Pair(byte[] privateKey) {
        return other.x25519Pair(privateKey);
    }

    @Override
    public byte @Nullable [] agreeX25519(byte[] privateKey, byte[] peerPublicKey) {
        return other.agreeX25519(privateKey, peerPublicKey);
    }
}

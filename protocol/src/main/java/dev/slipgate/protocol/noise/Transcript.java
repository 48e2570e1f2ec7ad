package dev.slipgate.protocol.noise;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What both sides have said and agreed on so far: the symmetric state of Noise (section 5.2). It
 * does not change: each step gives the next one, so that a message that does not open leaves no
 * trace.
 *
 * <p>Both messages of NK are alike: an ephemeral public key, an agreement of it with a key that the
 * receiver already has, a payload under what was agreed. So each payload has a key of its own, and
 * the nonce is always 0.
 */
final class Transcript {
    /** The longest Noise message, in bytes (section 3). */
    static final int MAX_MESSAGE_BYTES = 65_535;

    /** A message without payload: a public key and a tag. */
    static final int MIN_MESSAGE_BYTES = X25519KeyPair.KEY_BYTES + Aead.TAG_BYTES;

    private static final int HASH_BYTES = 32;
    private static final byte[] PROTOCOL_NAME =
            Arrays.copyOf(
                    "Noise_NK_25519_AESGCM_SHA256".getBytes(StandardCharsets.US_ASCII), HASH_BYTES);
    private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_BYTES];
    private static final byte[] EMPTY = new byte[0];

    private final Crypto crypto;
    private final byte[] hash;
    private final byte[] chainingKey;

    private Transcript(Crypto crypto, byte[] hash, byte[] chainingKey) {
        this.crypto = crypto;
        this.hash = hash;
        this.chainingKey = chainingKey;
    }

    /** A message that was made, and what both sides have then said. */
    record Written(byte[] message, Transcript next) {}

    /** A message that has opened, and what both sides have then said. */
    record Opened(byte[] payload, byte[] remoteEphemeral, Transcript next) {}

    /** The beginning of NK: protocol, prologue, and the responder's key that both know. */
    static Transcript start(Crypto crypto, byte[] prologue, byte[] responderPublicKey) {
        return new Transcript(crypto, PROTOCOL_NAME, PROTOCOL_NAME)
                .mixHash(prologue)
                .mixHash(responderPublicKey);
    }

    /**
     * The next message; null when {@code remotePublicKey} is a point of small order.
     *
     * @throws IllegalArgumentException when the payload makes it longer than Noise allows
     */
    @Nullable Written write(X25519KeyPair ephemeral, byte[] remotePublicKey, byte[] payload) {
        int lengthBytes = MIN_MESSAGE_BYTES + payload.length;
        if (lengthBytes > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message of %d bytes, at most %d".formatted(lengthBytes, MAX_MESSAGE_BYTES));
        }
        byte[] shared = crypto.agreeX25519(ephemeral.privateKey(), remotePublicKey);
        if (shared == null) {
            return null;
        }
        Transcript hashed = mixHash(ephemeral.publicKey());
        byte[] both = expand(shared);
        byte[] message = Arrays.copyOf(ephemeral.publicKey(), lengthBytes);
        hashed.seal(secondHalf(both), payload, message);
        return new Written(message, hashed.after(both, message));
    }

    /** Reads the next message; null when it does not open. */
    @Nullable Opened read(byte[] ownPrivateKey, byte[] message) {
        if (message.length < MIN_MESSAGE_BYTES || message.length > MAX_MESSAGE_BYTES) {
            return null;
        }
        byte[] remoteEphemeral = Arrays.copyOf(message, X25519KeyPair.KEY_BYTES);
        byte[] shared = crypto.agreeX25519(ownPrivateKey, remoteEphemeral);
        if (shared == null) {
            return null;
        }
        Transcript hashed = mixHash(remoteEphemeral);
        byte[] both = expand(shared);
        byte[] payload = hashed.open(secondHalf(both), message);
        return payload == null
                ? null
                : new Opened(payload, remoteEphemeral, hashed.after(both, message));
    }

    TransportKeys split() {
        byte[] both = expand(EMPTY);
        return new TransportKeys(firstHalf(both), secondHalf(both), hash);
    }

    private Transcript mixHash(byte[] data) {
        return new Transcript(crypto, crypto.sha256(hash, data), chainingKey);
    }

    /** The state behind a message: its chaining key, its sealed payload hashed. */
    private Transcript after(byte[] both, byte[] message) {
        byte[] sealed = Arrays.copyOfRange(message, X25519KeyPair.KEY_BYTES, message.length);
        return new Transcript(crypto, hash, firstHalf(both)).mixHash(sealed);
    }

    private void seal(byte[] key, byte[] payload, byte[] message) {
        crypto.aesGcm(key)
                .seal(
                        ZERO_NONCE,
                        0,
                        hash,
                        0,
                        hash.length,
                        payload,
                        0,
                        payload.length,
                        message,
                        X25519KeyPair.KEY_BYTES);
    }

    private byte @Nullable [] open(byte[] key, byte[] message) {
        byte[] payload = new byte[message.length - MIN_MESSAGE_BYTES];
        int openedBytes =
                crypto.aesGcm(key)
                        .open(
                                ZERO_NONCE,
                                0,
                                hash,
                                0,
                                hash.length,
                                message,
                                X25519KeyPair.KEY_BYTES,
                                message.length - X25519KeyPair.KEY_BYTES,
                                payload,
                                0);
        return openedBytes == payload.length ? payload : null;
    }

    /** Noise's HKDF with two outputs is that of RFC 5869 with an empty info. */
    private byte[] expand(byte[] inputKey) {
        return crypto.hkdfSha256(inputKey, chainingKey, EMPTY, 2 * HASH_BYTES);
    }

    private static byte[] firstHalf(byte[] both) {
        return Arrays.copyOf(both, HASH_BYTES);
    }

    private static byte[] secondHalf(byte[] both) {
        return Arrays.copyOfRange(both, HASH_BYTES, both.length);
    }
}

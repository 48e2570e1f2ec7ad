package dev.slipgate.protocol.noise;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one Noise NK handshake: {@link #writeMessage1}, then {@link #readMessage2}
 * until one opens, then {@link #transportKeys}. Confined to one thread at a time; each step
 * computes about one X25519 agreement.
 */
public final class NkInitiator {
    private final byte[] remoteStaticPublic;
    private final X25519KeyPair ephemeral;
    private final Transcript start;
    private @Nullable Transcript afterMessage1;
    private @Nullable TransportKeys transportKeys;

    /**
     * @param prologue what both sides have to see alike
     * @param remoteStaticPublic the responder's pinned key, 32 bytes
     * @param ephemeral fresh, and never used for another handshake
     */
    public NkInitiator(
            Crypto crypto, byte[] prologue, byte[] remoteStaticPublic, X25519KeyPair ephemeral) {
        this.remoteStaticPublic = remoteStaticPublic;
        this.ephemeral = ephemeral;
        this.start = Transcript.start(crypto, prologue, remoteStaticPublic);
    }

    /**
     * The first message: the ephemeral public key and the sealed payload, 48 bytes more than it.
     * The payload can be read by whoever gets hold of the responder's key later on.
     *
     * @throws IllegalArgumentException when the responder's key is a point of small order, with
     *     which no secret can be agreed on, or the payload is longer than 65487 bytes
     * @throws IllegalStateException when called twice: two payloads would share a nonce
     */
    public byte[] writeMessage1(byte[] payload) {
        if (afterMessage1 != null) {
            throw new IllegalStateException("message 1 is written once per handshake");
        }
        Transcript.Written written = start.write(ephemeral, remoteStaticPublic, payload);
        if (written == null) {
            throw new IllegalArgumentException(
                    "the responder's X25519 key is a point of small order, and nobody's key");
        }
        afterMessage1 = written.next();
        return written.message();
    }

    /**
     * The payload of the responder's answer; null when it is not the answer of whoever holds the
     * pinned key to this very message 1. Then nothing has changed, and another may be tried.
     *
     * @throws IllegalStateException before message 1, and after an answer that opened
     */
    public byte @Nullable [] readMessage2(byte[] message) {
        if (afterMessage1 == null || transportKeys != null) {
            throw new IllegalStateException("message 2 is read after message 1, until one opens");
        }
        Transcript.Opened opened = afterMessage1.read(ephemeral.privateKey(), message);
        if (opened == null) {
            return null;
        }
        transportKeys = opened.next().split();
        return opened.payload();
    }

    /**
     * The keys of the session.
     *
     * @throws IllegalStateException before a message 2 has opened
     */
    public TransportKeys transportKeys() {
        if (transportKeys == null) {
            throw new IllegalStateException("no message 2 has opened yet");
        }
        return transportKeys;
    }
}

package dev.slipgate.protocol.noise;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's side of one Noise NK handshake: {@link #readMessage1}, then {@link #writeMessage2},
 * then {@link #transportKeys}. Confined to one thread at a time; each of the two steps computes
 * about one X25519 agreement.
 */
public final class NkResponder {
    private final X25519KeyPair own;
    private final Transcript start;
    private Transcript.@Nullable Opened message1;
    private @Nullable TransportKeys transportKeys;

    /**
     * @param prologue what both sides have to see alike
     * @param own the static key that clients have pinned
     */
    public NkResponder(Crypto crypto, byte[] prologue, X25519KeyPair own) {
        this.own = own;
        this.start = Transcript.start(crypto, prologue, own.publicKey());
    }

    /**
     * The payload of the initiator's message; null when it does not open: it was made for another
     * key or prologue, or altered. Then nothing has changed.
     *
     * @throws IllegalStateException after one that opened
     */
    public byte @Nullable [] readMessage1(byte[] message) {
        if (message1 != null) {
            throw new IllegalStateException("message 1 is read once per handshake");
        }
        message1 = start.read(own.privateKey(), message);
        return message1 == null ? null : message1.payload();
    }

    /**
     * The answer: the ephemeral public key and the sealed payload, 48 bytes more than it.
     *
     * @param ephemeral fresh, and never used for another handshake
     * @throws IllegalArgumentException when the payload is longer than 65487 bytes
     * @throws IllegalStateException before a message 1 has opened, and when called twice: two
     *     payloads could share a nonce
     */
    public byte[] writeMessage2(X25519KeyPair ephemeral, byte[] payload) {
        if (message1 == null || transportKeys != null) {
            throw new IllegalStateException("message 2 is written once, after message 1 opened");
        }
        Transcript.Written written =
                message1.next().write(ephemeral, message1.remoteEphemeral(), payload);
        if (written == null) {
            // A point that gives zeros gives them with every private key, and readMessage1 had one.
            throw new IllegalStateException("X25519 gave zeros for a point it has accepted");
        }
        transportKeys = written.next().split();
        return written.message();
    }

    /**
     * The keys of the session.
     *
     * @throws IllegalStateException before message 2 was written
     */
    public TransportKeys transportKeys() {
        if (transportKeys == null) {
            throw new IllegalStateException("message 2 has not been written yet");
        }
        return transportKeys;
    }
}

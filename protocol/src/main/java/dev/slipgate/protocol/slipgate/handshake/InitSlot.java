package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.handshake.HandshakeSlot;
import dev.slipgate.protocol.noise.TransportKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stranger between its INIT and its first sealed packet. */
public final class InitSlot extends HandshakeSlot {
    private final InitKey key;
    private final long sessionId;
    private @Nullable TransportKeys keys;
    private @Nullable Offer theirs;

    InitSlot(InitKey key, long sessionId, long expiresAtNs) {
        super(key.peer(), expiresAtNs);
        this.key = key;
        this.sessionId = sessionId;
    }

    InitKey key() {
        return key;
    }

    /** The id that the session will have. */
    public long sessionId() {
        return sessionId;
    }

    /** Whether a sealed packet may prove it by now. */
    public boolean answered() {
        return keys != null;
    }

    /** The session's keys. Only once {@link #answered}. */
    public TransportKeys keys() {
        return Objects.requireNonNull(keys, "not answered yet");
    }

    /** What the client takes. Only once {@link #answered}. */
    public Offer theirs() {
        return Objects.requireNonNull(theirs, "not answered yet");
    }

    void complete(byte[] response, TransportKeys sessionKeys, Offer clientOffer) {
        keys = sessionKeys;
        theirs = clientOffer;
        answerWith(response);
    }
}

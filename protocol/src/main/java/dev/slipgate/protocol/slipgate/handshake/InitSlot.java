package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.handshake.HandshakeSlot;
import dev.slipgate.protocol.noise.TransportKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stranger from its INIT on, until the answer need not be said again. */
public final class InitSlot extends HandshakeSlot {
    private final InitKey key;
    private final long sessionId;
    private @Nullable TransportKeys keys;
    private @Nullable Offer theirs;
    private boolean proven;

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

    /** The session has taken over: of the slot only the answer is kept. */
    void prove() {
        proven = true;
        keys = null;
        theirs = null;
    }

    boolean proven() {
        return proven;
    }

    void complete(byte[] response, TransportKeys sessionKeys, Offer clientOffer) {
        keys = sessionKeys;
        theirs = clientOffer;
        answerWith(response);
    }
}

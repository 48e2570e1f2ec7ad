package dev.slipgate.protocol.handshake;

import dev.slipgate.protocol.PeerAddress;
import org.jspecify.annotations.Nullable;

/** A stranger between its first datagram and its first sealed packet. */
public abstract class HandshakeSlot {
    private final PeerAddress peer;
    private final long expiresAtNs;

    /** The answer, kept because the same question gets the same bytes; null until it is made. */
    private byte @Nullable [] answer;

    boolean answerQueued;
    boolean forgotten;

    /**
     * @param expiresAtNs when it is forgotten unless it goes on
     */
    protected HandshakeSlot(PeerAddress peer, long expiresAtNs) {
        this.peer = peer;
        this.expiresAtNs = expiresAtNs;
    }

    /** Where the stranger is. */
    public final PeerAddress peer() {
        return peer;
    }

    /** When it is forgotten. */
    public final long expiresAtNs() {
        return expiresAtNs;
    }

    /** What the stranger is answered; null while it is being computed. */
    public final byte @Nullable [] answer() {
        return answer;
    }

    /** The answer is made; {@link HandshakeSlots#queueAnswer} sends it. */
    public final void answerWith(byte[] datagram) {
        answer = datagram;
    }

    /** Whether the slot was given up: the result of its job is of no use. */
    public final boolean forgotten() {
        return forgotten;
    }
}

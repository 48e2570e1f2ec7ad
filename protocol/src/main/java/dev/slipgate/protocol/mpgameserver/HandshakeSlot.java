package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.PeerAddress;
import org.jspecify.annotations.Nullable;

/** A stranger between its hello and its first sealed packet. */
final class HandshakeSlot {
    final PeerAddress peer;
    final byte[] clientSpki;
    final int helloPacketNumber;
    final int helloMessageNumber;
    final long helloSeconds;
    final int token;
    final long expiresAtNs;

    /** The answer, kept because the same hello gets the same bytes again; null until it is made. */
    byte @Nullable [] answer;

    /** The session that the first sealed packet will prove; null until its key is known. */
    @Nullable MpSession session;

    /** Whether the answer waits to be sent. */
    boolean answerQueued;

    /** Whether the slot is given up: its job's result is of no use. */
    boolean expired;

    HandshakeSlot(
            PeerAddress peer,
            byte[] clientSpki,
            int helloPacketNumber,
            int helloMessageNumber,
            long helloSeconds,
            int token,
            long expiresAtNs) {
        this.peer = peer;
        this.clientSpki = clientSpki;
        this.helloPacketNumber = helloPacketNumber;
        this.helloMessageNumber = helloMessageNumber;
        this.helloSeconds = helloSeconds;
        this.token = token;
        this.expiresAtNs = expiresAtNs;
    }
}

package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.handshake.HandshakeSlot;
import org.jspecify.annotations.Nullable;

/** A stranger between its hello and its first sealed packet. */
final class MpHandshakeSlot extends HandshakeSlot {
    final byte[] clientSpki;
    final int helloPacketNumber;
    final int helloMessageNumber;
    final long helloSeconds;
    final int token;

    /** The session that the first sealed packet will prove; null until its key is known. */
    @Nullable MpSession session;

    MpHandshakeSlot(
            PeerAddress peer,
            byte[] clientSpki,
            int helloPacketNumber,
            int helloMessageNumber,
            long helloSeconds,
            int token,
            long expiresAtNs) {
        super(peer, expiresAtNs);
        this.clientSpki = clientSpki;
        this.helloPacketNumber = helloPacketNumber;
        this.helloMessageNumber = helloMessageNumber;
        this.helloSeconds = helloSeconds;
        this.token = token;
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.session.timer.TimerNode;
import dev.slipgate.protocol.slipgate.handshake.InitSlot;
import org.jspecify.annotations.Nullable;

/** What a gateway's endpoint knows of one of its sessions. */
final class SessionEntry extends TimerNode {
    final SlipgateSession session;

    /** The handshake that the first packet will prove; null once it has. */
    @Nullable InitSlot slot;

    /** Whether it waits to be polled. */
    boolean inReadyList;

    /** Whether the client's token was decided upon. */
    boolean decided;

    /** When a client is refused that was not decided upon. */
    long decideByNs;

    SessionEntry(SlipgateSession session, InitSlot slot) {
        this.session = session;
        this.slot = slot;
    }

    boolean proven() {
        return slot == null;
    }

    @Override
    protected void onTimer(long nowNs) {
        session.onDeadline(nowNs);
    }
}

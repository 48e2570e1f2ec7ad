package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.session.Session;

/** What simulations read of a session beyond what it shows to everybody. */
public final class SessionProbe {
    private SessionProbe() {}

    public static long reliableQueueBytes(Session session) {
        return ((SlipgateSession) session).outbox.reliableBytes();
    }

    public static long unreliableQueueBytes(Session session) {
        return ((SlipgateSession) session).outbox.unreliableBytes();
    }

    /** What CLOSE said. */
    public static String closeText(Session session) {
        return ((SlipgateSession) session).closeText();
    }
}

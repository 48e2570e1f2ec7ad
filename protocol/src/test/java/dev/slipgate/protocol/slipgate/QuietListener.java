package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;

/** A host and a listener that take everything and remember nothing. */
class QuietListener implements SessionHost, SessionListener {
    @Override
    public void onReady(SlipgateSession session) {}

    @Override
    public void onDeadline(SlipgateSession session, long deadlineNs, long nowNs) {}

    @Override
    public void onProven(SlipgateSession session, long nowNs) {}

    @Override
    public void onToken(SlipgateSession session, byte[] token, long nowNs) {
        session.accepted("", nowNs);
    }

    @Override
    public void onEnded(SlipgateSession session) {}

    @Override
    public void onConnected(Session session, long nowNs) {}

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        return true;
    }

    @Override
    public void unreserve(Session session, int bytes) {}

    @Override
    public void onMessage(
            Session session,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs) {}

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {}

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {}
}

package dev.slipgate.gateway.stream;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Ticket;

/**
 * Tells connections that their sessions are proven, so that they may stay, on the way of what
 * sessions report to whom it concerns. Confined to its loop.
 */
public final class StreamSessions implements SessionListener {
    private final SessionListener next;

    /**
     * @param next hears everything
     */
    public StreamSessions(SessionListener next) {
        this.next = next;
    }

    @Override
    public void onConnected(Session session, long nowNs) {
        if (session.peer() instanceof StreamConnection connection) {
            connection.onProven();
        }
        next.onConnected(session, nowNs);
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        next.onClosed(session, reason, nowNs);
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        return next.tryReserve(session, bytes, nowNs);
    }

    @Override
    public void unreserve(Session session, int bytes) {
        next.unreserve(session, bytes);
    }

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
            long nowNs) {
        next.onMessage(
                session, channel, delivery, number, bytes, offset, length, reservedBytes, nowNs);
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        next.onDelivered(session, channel, number, nowNs);
    }

    @Override
    public void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {
        next.onDeliveryAck(session, channel, handled, nowNs);
    }

    @Override
    public void onAttach(Session session, Attach attach, long nowNs) {
        next.onAttach(session, attach, nowNs);
    }

    @Override
    public void onTicket(Session session, Ticket ticket, long nowNs) {
        next.onTicket(session, ticket, nowNs);
    }

    @Override
    public void onRedirect(Session session, Redirect redirect, long nowNs) {
        next.onRedirect(session, redirect, nowNs);
    }

    @Override
    public void onWritable(Session session, long nowNs) {
        next.onWritable(session, nowNs);
    }
}

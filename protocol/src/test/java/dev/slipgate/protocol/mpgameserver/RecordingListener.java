package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down what sessions report, and grants room up to a limit. */
class RecordingListener implements SessionListener {
    final List<Session> connected = new ArrayList<>();
    final List<byte[]> messages = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    final List<Session> closedSessions = new ArrayList<>();
    long roomLimit = Long.MAX_VALUE;
    long reserved;
    long used;

    @Override
    public void onConnected(Session session, long nowNs) {
        connected.add(session);
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        if (reserved + used + bytes > roomLimit) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    @Override
    public void unreserve(Session session, int bytes) {
        reserved -= bytes;
        if (reserved < 0) {
            throw new AssertionError("more room given back than was granted");
        }
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
        if (reservedBytes < length || reservedBytes > reserved) {
            throw new AssertionError("room " + reservedBytes + " for " + length);
        }
        reserved -= reservedBytes;
        messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        delivered.add(number);
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        closed.add(reason);
        closedSessions.add(session);
    }

    Session last() {
        return connected.getLast();
    }
}

package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import java.util.function.Consumer;

/**
 * Joins a client's end to a client endpoint: the end hears what its session says, and the failure
 * of a handshake goes elsewhere.
 *
 * @param failed takes why there will be no session
 */
public record ClientEndListener(SessionEnd end, Consumer<ConnectFailure> failed)
        implements SlipgateClientEndpoint.Listener {
    @Override
    public void onFailed(ConnectFailure failure, long nowNs) {
        failed.accept(failure);
    }

    @Override
    public void onConnected(Session session, long nowNs) {
        end.onConnected(session, nowNs);
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        return end.tryReserve(session, bytes, nowNs);
    }

    @Override
    public void unreserve(Session session, int bytes) {
        end.unreserve(session, bytes);
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
        end.onMessage(
                session, channel, delivery, number, bytes, offset, length, reservedBytes, nowNs);
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        end.onDelivered(session, channel, number, nowNs);
    }

    @Override
    public void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {
        end.onDeliveryAck(session, channel, handled, nowNs);
    }

    @Override
    public void onAttach(Session session, Attach attach, long nowNs) {
        end.onAttach(session, attach, nowNs);
    }

    @Override
    public void onWritable(Session session, long nowNs) {
        end.onWritable(session, nowNs);
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        end.onClosed(session, reason, nowNs);
    }
}

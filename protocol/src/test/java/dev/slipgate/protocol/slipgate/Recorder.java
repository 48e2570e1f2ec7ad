package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down what sessions and handshakes report. */
final class Recorder implements SlipgateClientEndpoint.Listener {
    final List<Session> connected = new ArrayList<>();
    final List<byte[]> messages = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    final List<ConnectFailure> failures = new ArrayList<>();

    @Override
    public void onConnected(Session session, long nowNs) {
        connected.add(session);
    }

    @Override
    public void onFailed(ConnectFailure failure, long nowNs) {
        failures.add(failure);
    }

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
            long nowNs) {
        messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {}

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        closed.add(reason);
    }

    /** The kinds of the failures, in order. */
    List<ConnectFailure.Kind> kinds() {
        return failures.stream().map(ConnectFailure::kind).toList();
    }

    @Override
    public String toString() {
        return "connected %d, failures %s, closed %s".formatted(connected.size(), failures, closed);
    }
}

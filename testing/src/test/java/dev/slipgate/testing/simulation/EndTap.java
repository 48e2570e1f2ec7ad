package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.SessionProbe;
import java.util.Objects;

/**
 * Stands between sessions and their ends, and keeps account of the room that packets ask for: it is
 * used or given back to the byte, is bounded, and now and then there is none.
 */
abstract class EndTap implements SessionListener {
    /** One in so many requests for room is refused where the packet comes again. */
    private static final int REFUSED_ONE_IN = 300;

    private static final class Room {
        final SessionEnd end;
        final long sinceNs;
        long bytes;

        Room(SessionEnd end, long sinceNs) {
            this.end = end;
            this.sinceNs = sinceNs;
        }
    }

    private final World world;
    private final Machine machine;
    private final boolean mayRefuse;

    EndTap(Machine machine, CarrierKind kind) {
        this.world = machine.world;
        this.machine = machine;
        this.mayRefuse = kind == CarrierKind.DATAGRAM;
    }

    /** The end of this session. */
    abstract SessionEnd endOf(Session session);

    private static Room room(Session session) {
        return (Room) Objects.requireNonNull(session.attachment());
    }

    @Override
    public void onConnected(Session session, long nowNs) {
        var room = new Room(endOf(session), nowNs);
        session.attach(room);
        machine.onConnected(session);
        room.end.onConnected(session, nowNs);
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        Room room = room(session);
        // What has waited for the token was acknowledged: it would not come again.
        boolean again = mayRefuse && nowNs > room.sinceNs;
        if (again && world.random().nextInt(REFUSED_ONE_IN) == 0) {
            world.totals().add("packets without room", 1);
            return false;
        }
        room.bytes += bytes;
        Broken.unless(
                room.bytes <= world.roomBound(), "%d bytes of room for one session", room.bytes);
        return room.end.tryReserve(session, bytes, nowNs);
    }

    @Override
    public void unreserve(Session session, int bytes) {
        Room room = room(session);
        room.bytes -= bytes;
        Broken.unless(room.bytes >= 0, "more room was given back than granted");
        room.end.unreserve(session, bytes);
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
        Room room = room(session);
        room.bytes -= reservedBytes;
        Broken.unless(room.bytes >= 0 && reservedBytes >= length, "a message without its room");
        room.end.onMessage(
                session, channel, delivery, number, bytes, offset, length, reservedBytes, nowNs);
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        room(session).end.onDelivered(session, channel, number, nowNs);
    }

    @Override
    public void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {
        room(session).end.onDeliveryAck(session, channel, handled, nowNs);
    }

    @Override
    public void onAttach(Session session, Attach attach, long nowNs) {
        room(session).end.onAttach(session, attach, nowNs);
    }

    @Override
    public void onWritable(Session session, long nowNs) {
        room(session).end.onWritable(session, nowNs);
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        Room room = room(session);
        Broken.unless(
                reason != CloseReason.PROTOCOL_ERROR && reason != CloseReason.OVERLOADED,
                "a session ended with %s: %s",
                reason,
                SessionProbe.closeText(session));
        Broken.unless(room.bytes == 0, "%d bytes of room are left at the end", room.bytes);
        machine.onClosed(session);
        room.end.onClosed(session, reason, nowNs);
    }
}

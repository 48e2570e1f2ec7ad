package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.OutboundStream;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.link.FrameReader;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.LongMap;
import dev.slipgate.protocol.session.SendResult;

/**
 * What nodes send about connections: holds each unit until it is whole, then lets go of what it
 * acknowledges and gives its messages to the session. Confined to the lane's thread.
 */
final class FromNodes implements NodePeers.Listener {
    /** What is the lane's to act on. */
    interface Events {
        void onReady(long nowNs);

        void onNodeClosed(GatewayConnection connection, CloseReason reason, long nowNs);

        void onOverloaded(GatewayConnection connection, long nowNs);

        /** The node has a native client's connection, and says so for the first time. */
        void onTaken(GatewayConnection connection, long nowNs);

        void onNodeLost(NodePeer peer, CloseReason reason, long nowNs);
    }

    private final LongMap<GatewayConnection> connections;
    private final DropCounter drops;
    private final LaneCounters counters;
    private final Events events;
    private final FrameReader held = new FrameReader();
    private final Positions handled = new Positions();

    FromNodes(
            LongMap<GatewayConnection> connections,
            DropCounter drops,
            LaneCounters counters,
            Events events) {
        this.connections = connections;
        this.drops = drops;
        this.counters = counters;
        this.events = events;
    }

    @Override
    public void onReady(long nowNs) {
        events.onReady(nowNs);
    }

    @Override
    public void onLost(NodePeer peer, CloseReason reason, long nowNs) {
        events.onNodeLost(peer, reason, nowNs);
    }

    @Override
    public boolean onFrame(NodePeer peer, FrameReader frame, long nowNs) {
        GatewayConnection connection = connections.find(frame.connection());
        if (connection == null || connection.peer != peer) {
            drops.count(DropReason.UNKNOWN_CONNECTION); // ended here while the frame was on its way
            return true;
        }
        if (connection.relayed() && !connection.attached && frame.kind() != LinkWire.CLOSE) {
            events.onTaken(connection, nowNs);
        }
        return switch (frame.kind()) {
            case LinkWire.DATA, LinkWire.DELIVERY_ACK -> onUnitFrame(connection, frame, nowNs);
            case LinkWire.CREDIT -> {
                connection.credit(frame.limitBytes());
                yield true;
            }
            case LinkWire.CLOSE -> {
                CloseReason reason = CloseReason.ofCode(frame.closeCode());
                events.onNodeClosed(connection, reason, nowNs);
                yield true;
            }
            default -> false;
        };
    }

    private boolean onUnitFrame(GatewayConnection connection, FrameReader frame, long nowNs) {
        if (connection.phase != GatewayConnection.Phase.PLACED) {
            if (frame.kind() == LinkWire.DELIVERY_ACK) {
                acknowledge(connection, frame, nowNs);
            }
            return true; // no client is left to be told, and a part of the unit may be missing
        }
        if (!frame.unitEnd()) {
            if (!connection.unit.add(frame)) {
                events.onOverloaded(connection, nowNs);
            }
            return true;
        }
        boolean sound = true;
        if (!connection.unit.isEmpty()) {
            connection.unit.read(held);
            while (sound && held.next() == FrameReader.Step.FRAME) {
                sound = apply(connection, held, nowNs);
            }
            connection.unit.clear();
        }
        return sound && apply(connection, frame, nowNs);
    }

    private boolean apply(GatewayConnection connection, FrameReader frame, long nowNs) {
        if (frame.kind() == LinkWire.DELIVERY_ACK) {
            acknowledge(connection, frame, nowNs);
            return true;
        }
        if (frame.whole()) {
            byte[] bytes = frame.array();
            return deliver(connection, frame, bytes, frame.dataOffset(), frame.dataLength(), nowNs);
        }
        if (!connection.assembly.add(frame)) {
            return false;
        }
        if (!frame.last()) {
            return true;
        }
        byte[] whole = connection.assembly.take();
        return deliver(connection, frame, whole, 0, whole.length, nowNs);
    }

    private void acknowledge(GatewayConnection connection, FrameReader frame, long nowNs) {
        frame.handled(handled);
        int channel = frame.channel();
        if (!connection.relayed()) {
            OutboundStream stream = connection.streams.existingOutbound(channel);
            if (stream != null) {
                stream.acknowledge(handled);
            }
        } else if (connection.phase == GatewayConnection.Phase.PLACED) {
            if (connection.backlog.isEmpty()) {
                connection.session.deliveryAck(channel, handled, nowNs);
            } else {
                connection.backlog.addAck(channel, handled);
            }
        }
    }

    /** Gives a message to the session; false when no honest node would have sent it. */
    private boolean deliver(
            GatewayConnection connection,
            FrameReader frame,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        int channel = frame.channel();
        Delivery delivery = frame.delivery();
        InboundStream stream = connection.streams.inbound(channel, delivery);
        if (stream == null) {
            return false;
        }
        long number = frame.number();
        if (connection.phase != GatewayConnection.Phase.PLACED || !stream.accept(number)) {
            return true;
        }
        SendResult result =
                delivery.reliable() && !connection.backlog.isEmpty()
                        ? SendResult.BACKPRESSURED // it must not overtake what waits there
                        : connection.session.send(
                                channel, delivery, number, bytes, offset, length, nowNs);
        if (result == SendResult.QUEUED) {
            counters.messagesDown.add(1);
            connection.undelivered += delivery.reliable() ? 1 : 0;
        } else if (result != SendResult.CLOSED) {
            refused(connection, frame, bytes, offset, length, nowNs);
        }
        return true;
    }

    /** The session has no room: an unreliable message is dropped, a native client's waits. */
    private void refused(
            GatewayConnection connection,
            FrameReader frame,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        Delivery delivery = frame.delivery();
        if (!delivery.reliable()) {
            drops.count(DropReason.UNRELIABLE_OVERFLOW);
            return;
        }
        boolean mayWait = connection.relayed() && length <= connection.session.maxMessageBytes();
        if (!mayWait
                || !connection.backlog.add(
                        frame.channel(), delivery, frame.number(), bytes, offset, length)) {
            events.onOverloaded(connection, nowNs);
        }
    }

    /** The session has room again. */
    void onWritable(GatewayConnection connection, long nowNs) {
        int taken = connection.backlog.giveTo(connection.session, nowNs);
        counters.messagesDown.add(taken);
        connection.undelivered += taken;
    }
}

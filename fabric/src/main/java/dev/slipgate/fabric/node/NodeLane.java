package dev.slipgate.fabric.node;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.fabric.link.Lane;
import dev.slipgate.fabric.link.LaneIdentity;
import dev.slipgate.fabric.link.Lanes;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.link.BatchHeader;
import dev.slipgate.protocol.link.FrameReader;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memory.LongMap;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of a node's connections: takes what gateways send, fills mailboxes, runs
 * handlers on the executor it was given, and sends what they leave behind, unit by unit.
 */
public final class NodeLane implements LaneEngine {
    /**
     * Lanes of gateways that one node lane answers: a bound for who is let in by the bus, not a
     * limit to reach.
     */
    private static final int MAX_GATEWAY_LANES = 4096;

    private final ProcessRecord self;
    private final int laneIndex;
    private final NodeLaneConfig config;
    private final NodeLoad load;
    private final ConnectionHandler handler;
    private final Executor handlers;
    private final DropCounter drops;
    private final BytePool pool;
    private final UnitQueue units;
    private final LaneCounters counters = new LaneCounters();
    private final LongMap<ConnectionEnd> connections = new LongMap<>();
    private final Lanes<GatewayPeer> lanes;

    /**
     * @param self this node's record
     * @param laneIndex which of its lanes this is
     * @param config bounds and times
     * @param load the node's load, shared by its lanes, told to gateways in heartbeats
     * @param handler runs the app's hooks
     * @param handlers runs mailboxes: a virtual thread each, or one after another in a simulation
     * @param wakeup called from any thread when the lane has work: the driver then calls {@link
     *     #onWakeup} on the loop
     * @param drops where drops are counted
     * @param pool the loop's byte arrays
     */
    public NodeLane(
            ProcessRecord self,
            int laneIndex,
            NodeLaneConfig config,
            NodeLoad load,
            ConnectionHandler handler,
            Executor handlers,
            Runnable wakeup,
            DropCounter drops,
            BytePool pool) {
        this.self = self;
        this.laneIndex = laneIndex;
        this.config = config;
        this.load = load;
        this.handler = handler;
        this.handlers = handlers;
        this.drops = drops;
        this.pool = pool;
        this.units = new UnitQueue(wakeup);
        this.lanes = new Lanes<>(self.processId(), laneIndex, load, drops, new GatewayEvents());
    }

    /** Input: handlers have left units behind. On the loop; the driver polls batches after it. */
    public void onWakeup(long nowNs) {
        units.drain(this::onUnit);
    }

    private void onUnit(Unit unit) {
        ConnectionEnd end = connections.find(unit.connection.id().value());
        if (unit.handledChannel != Unit.NOTHING_HANDLED) {
            counters.handled.add(1);
        }
        if (end == null || end.connection != unit.connection) {
            unit.messages().forEach(unit.connection::forget); // it ended while the handler ran
            return;
        }
        counters.sent.add(unit.messages().size());
        end.enqueue(unit);
    }

    /** What this lane counts and holds; any thread may read it. */
    public NodeLaneStats stats() {
        return counters.snapshot(lanes.traffic());
    }

    /**
     * Closes every connection with this reason; {@code onDisconnect} runs for each, and CLOSE is
     * polled for each.
     */
    public void close(CloseReason reason, long nowNs) {
        for (ConnectionEnd end : connections.valuesNow()) {
            Unit last = Unit.outside(end.connection);
            last.close(reason, reason.text());
            end.enqueue(last);
        }
    }

    /** What gateways do. */
    private final class GatewayEvents implements Lanes.Listener<GatewayPeer> {
        @Override
        public @Nullable GatewayPeer onStranger(BatchHeader hello, long nowNs) {
            if (lanes.size() >= MAX_GATEWAY_LANES) {
                return null;
            }
            var identity =
                    LaneIdentity.of(self, laneIndex, hello.senderProcess, hello.senderLane, false);
            var peer = new GatewayPeer(new Lane(identity, config.link(), config.creditBytes()));
            lanes.add(peer);
            return peer;
        }

        @Override
        public void onUp(GatewayPeer peer, long nowNs) {
            endAll(peer, CloseReason.LINK_LOST);
        }

        @Override
        public void onHeartbeat(
                GatewayPeer peer, int connectionCount, boolean accepting, long nowNs) {}

        @Override
        public boolean onFrame(GatewayPeer peer, FrameReader frame, long nowNs) {
            if (frame.kind() == LinkWire.OPEN) {
                return onOpen(peer, frame);
            }
            ConnectionEnd end = connections.find(frame.connection());
            if (end == null || end.gateway != peer) {
                drops.count(
                        DropReason.UNKNOWN_CONNECTION); // ended here while the frame was on its way
                return true;
            }
            return onConnectionFrame(end, frame);
        }

        @Override
        public void onLost(GatewayPeer peer, CloseReason reason, long nowNs) {
            endAll(peer, reason);
        }
    }

    private boolean onOpen(GatewayPeer peer, FrameReader frame) {
        long id = frame.connection();
        if (connections.find(id) != null) {
            return false;
        }
        if (frame.downLimitBytes() < LinkWire.costOf(config.maxMessageBytes())) {
            peer.queue().wantsControl(new RefusedOpen(id, CloseReason.REFUSED));
            return true; // its gateway is configured so that our largest message never gets through
        }
        if (!load.accepting()) {
            peer.queue().wantsControl(new RefusedOpen(id, CloseReason.NODE_STOPPING));
            return true;
        }
        var connection =
                new LaneConnection(
                        new ConnectionId(id),
                        frame.dialect(),
                        frame.address(),
                        frame.identity(),
                        config,
                        (int) Math.min(config.unitBytes(), frame.downLimitBytes()),
                        units,
                        handler,
                        handlers);
        var end =
                new ConnectionEnd(
                        connection,
                        peer,
                        config,
                        frame.downLimitBytes(),
                        pool,
                        counters.received,
                        this::forget);
        connections.put(id, end);
        load.opened();
        counters.connections.add(1);
        counters.opened.add(1);
        connection.post(new Mailbox.Event.Connect(false));
        if ((frame.capabilities() & LinkWire.CAN_RESUME) != 0) {
            end.confirm();
        }
        return true;
    }

    private boolean onConnectionFrame(ConnectionEnd end, FrameReader frame) {
        return switch (frame.kind()) {
            case LinkWire.DATA -> end.onData(frame);
            case LinkWire.DELIVERY_ACK -> {
                end.onDeliveryAck(frame);
                yield true;
            }
            case LinkWire.QUALITY -> {
                end.connection.quality(quality(frame));
                yield true;
            }
            case LinkWire.CLOSE -> {
                finish(end, CloseReason.ofCode(frame.closeCode()));
                yield true;
            }
            default -> false;
        };
    }

    private static Quality quality(FrameReader frame) {
        return new Quality(
                frame.count(0),
                frame.count(1),
                frame.count(2),
                frame.count(3),
                frame.count(4),
                frame.count(5));
    }

    private void endAll(GatewayPeer peer, CloseReason reason) {
        for (ConnectionEnd end : connections.valuesNow()) {
            if (end.gateway == peer) {
                finish(end, reason);
            }
        }
    }

    /** The other side is done with the connection. */
    private void finish(ConnectionEnd end, CloseReason reason) {
        end.connection.ended(reason, false);
        forget(end);
    }

    private void forget(ConnectionEnd end) {
        if (connections.remove(end.connection.id().value())) {
            end.end();
            load.closed();
            counters.connections.add(-1);
        }
    }

    @Override
    public void onBatch(ByteBuffer batch, long nowNs) {
        lanes.onBatch(batch, nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        lanes.onTimeout(nowNs);
    }

    @Override
    public void onProcessUp(ProcessRecord process, long nowNs) {} // gateways say HELLO

    @Override
    public void onProcessDown(ProcessRecord process, long nowNs) {
        if (process.role() != Role.GATEWAY) {
            return;
        }
        for (GatewayPeer peer : lanes.peersNow()) {
            if (peer.lane().identity().peerProcess() == process.processId()) {
                lanes.remove(peer, CloseReason.GATEWAY_LOST, nowNs);
            }
        }
    }

    @Override
    public boolean pollBatch(OutgoingBatch out, long nowNs) {
        return lanes.pollBatch(out, nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return lanes.nextTimeoutNs();
    }
}

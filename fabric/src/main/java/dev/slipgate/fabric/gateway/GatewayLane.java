package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.fabric.placement.Placement;
import dev.slipgate.fabric.placement.PowerOfTwoChoices;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memory.LongMap;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One event loop's share of a gateway's connections. It is the listener of the loop's endpoints and
 * the engine of the loop's lane: a session that connects becomes a virtual connection, is placed on
 * a node, and its messages are numbered, kept and sent; what comes back is held until its unit is
 * whole, then given to the session.
 */
public final class GatewayLane implements LaneEngine, SessionListener {
    private final GatewayLaneConfig config;
    private final RandomGenerator random;
    private final BytePool pool;
    private final Placement placement;
    private final LaneCounters counters = new LaneCounters();
    private final LongMap<GatewayConnection> connections = new LongMap<>();
    private final Deque<Parked> parked = new ArrayDeque<>();

    /** Those whose clients may still take their last messages, in the order of the deadlines. */
    private final LinkedHashSet<GatewayConnection> closing = new LinkedHashSet<>();

    private final NodePeers peers;
    private long reservedBytes;
    private long nextQualityNs;

    /** A connection that waits for a node; the queue is in the order of the deadlines. */
    private record Parked(GatewayConnection connection, long deadlineNs) {}

    /**
     * @param self this gateway's record
     * @param laneIndex which of its lanes this is
     * @param config bounds and times
     * @param random cryptographically strong, confined to the loop: draws connection ids and
     *     placement
     * @param drops where drops are counted
     * @param pool the loop's byte arrays
     */
    public GatewayLane(
            ProcessRecord self,
            int laneIndex,
            GatewayLaneConfig config,
            RandomGenerator random,
            DropCounter drops,
            BytePool pool) {
        this.config = config;
        this.random = random;
        this.pool = pool;
        this.placement = new PowerOfTwoChoices(random);
        var fromNodes = new FromNodes(connections, drops, counters, new ConnectionEvents());
        this.peers = new NodePeers(self, laneIndex, config, drops, fromNodes);
    }

    /** What the frames of nodes mean for the connections of this lane. */
    private final class ConnectionEvents implements FromNodes.Events {
        @Override
        public void onReady(long nowNs) {
            placeParked();
        }

        @Override
        public void onNodeClosed(GatewayConnection connection, CloseReason reason, long nowNs) {
            nodeClosed(connection, reason, nowNs);
        }

        @Override
        public void onOverloaded(GatewayConnection connection, long nowNs) {
            connection.session.close(CloseReason.OVERLOADED, nowNs); // onClosed tells the node
        }

        @Override
        public void onNodeLost(NodePeer peer, CloseReason reason, long nowNs) {
            for (GatewayConnection connection : connections.valuesNow()) {
                if (connection.peer == peer) {
                    end(connection);
                    connection.session.close(reason, nowNs);
                }
            }
        }
    }

    /** What this lane counts and holds; any thread may read it. */
    public GatewayLaneStats stats() {
        return counters.snapshot(peers.traffic());
    }

    /**
     * Closes every connection towards nodes and clients with this reason; what is then polled is
     * the last.
     */
    public void close(CloseReason reason, long nowNs) {
        for (GatewayConnection connection : connections.valuesNow()) {
            connection.session.close(reason, nowNs);
        }
    }

    @Override
    public void onConnected(Session session, long nowNs) {
        long id = ConnectionId.draw(random);
        while (connections.find(id) != null) {
            id = ConnectionId.draw(random);
        }
        var connection = new GatewayConnection(id, session, config, pool, this::end, this::settled);
        session.attach(connection);
        connections.put(id, connection);
        counters.connections.add(1);
        counters.opened.add(1);
        NodePeer peer = placement.choose(peers.accepting());
        if (peer != null) {
            connection.place(peer);
        } else {
            parked.add(new Parked(connection, nowNs + config.placementTimeoutNs()));
            counters.parked.add(1);
        }
    }

    private void placeParked() {
        List<NodePeer> accepting = parked.isEmpty() ? List.of() : peers.accepting();
        while (!parked.isEmpty() && !accepting.isEmpty()) {
            GatewayConnection connection = parked.remove().connection();
            counters.parked.add(-1);
            NodePeer peer = placement.choose(accepting);
            if (connection.phase == GatewayConnection.Phase.PARKED && peer != null) {
                connection.place(peer);
            }
        }
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        GatewayConnection connection = of(session);
        long held = connection.keptBytes + connection.reservedBytes + bytes;
        boolean room =
                held <= config.holdBytesPerConnection()
                        && counters.keptBytes.read() + reservedBytes + bytes
                                <= config.holdBytesPerLane();
        if (room) {
            reserve(connection, bytes);
        }
        return room;
    }

    /** What is reserved is memory as well: the arrays that fragments are gathered in. */
    private void reserve(GatewayConnection connection, long bytes) {
        connection.reservedBytes += bytes;
        reservedBytes += bytes;
    }

    @Override
    public void unreserve(Session session, int bytes) {
        reserve(of(session), -bytes);
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
            int reserved,
            long nowNs) {
        GatewayConnection connection = of(session);
        reserve(connection, -reserved);
        if (connection.phase == GatewayConnection.Phase.ENDED) {
            return;
        }
        connection.streams.outbound(channel).keepCopy(bytes, offset, length, null);
        int cost = LinkWire.costOf(length);
        connection.keptBytes += cost;
        counters.keptBytes.add(cost);
        counters.keptMessages.add(1);
        counters.messagesUp.add(1);
        connection.wantsData();
    }

    private void settled(GatewayConnection connection, int lengthBytes) {
        int cost = LinkWire.costOf(lengthBytes);
        connection.keptBytes -= cost;
        counters.keptBytes.add(-cost);
        counters.keptMessages.add(-1);
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        GatewayConnection connection = of(session);
        connection.streams.inbound(channel).handled(number);
        connection.undelivered--;
        if (connection.phase == GatewayConnection.Phase.PLACED) {
            connection.ackDue(channel);
        } else {
            closeIfDelivered(connection, nowNs);
        }
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        GatewayConnection connection = of(session);
        reserve(connection, -connection.reservedBytes);
        switch (connection.phase) {
            case PARKED -> end(connection);
            case PLACED -> {
                connection.phase = GatewayConnection.Phase.LEAVING;
                connection.closeReason = reason;
                connection.wantsData();
            }
            case LEAVING, ENDED -> closing.remove(connection);
        }
    }

    /**
     * The node has ended the connection: the client may still take what it was sent, for a while.
     */
    private void nodeClosed(GatewayConnection connection, CloseReason reason, long nowNs) {
        boolean clientHere = connection.phase == GatewayConnection.Phase.PLACED;
        end(connection);
        if (clientHere) {
            connection.closeReason = reason;
            connection.closeByNs = nowNs + config.lastDeliveryNs();
            closing.add(connection);
            closeIfDelivered(connection, nowNs);
        }
    }

    private void closeIfDelivered(GatewayConnection connection, long nowNs) {
        boolean over = connection.undelivered <= 0 || nowNs >= connection.closeByNs;
        if (over && closing.remove(connection)) {
            connection.session.close(connection.closeReason, nowNs);
        }
    }

    /** Nothing more goes to the node or is kept for it. */
    private void end(GatewayConnection connection) {
        if (connection.phase != GatewayConnection.Phase.ENDED) {
            connection.phase = GatewayConnection.Phase.ENDED;
            connection.streams.release();
            connections.remove(connection.id);
            counters.connections.add(-1);
        }
    }

    private static GatewayConnection of(Session session) {
        if (session.attachment() instanceof GatewayConnection connection) {
            return connection;
        }
        throw new IllegalStateException("session " + session.id() + " never connected here");
    }

    @Override
    public void onBatch(ByteBuffer batch, long nowNs) {
        peers.onBatch(batch, nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        peers.onTimeout(nowNs);
        while (!closing.isEmpty() && closing.getFirst().closeByNs <= nowNs) {
            closeIfDelivered(closing.getFirst(), nowNs);
        }
        while (!parked.isEmpty() && parked.element().deadlineNs() <= nowNs) {
            GatewayConnection connection = parked.remove().connection();
            counters.parked.add(-1);
            if (connection.phase == GatewayConnection.Phase.PARKED) {
                connection.session.close(CloseReason.NO_NODE, nowNs);
            }
        }
        if (nowNs >= nextQualityNs && connections.size() > 0) {
            nextQualityNs = nowNs + config.qualityIntervalNs();
            for (GatewayConnection connection : connections.valuesNow()) {
                connection.reportQuality();
            }
        }
    }

    @Override
    public void onProcessUp(ProcessRecord process, long nowNs) {
        if (process.role() == Role.NODE) {
            peers.onUp(process, nowNs);
        }
    }

    @Override
    public void onProcessDown(ProcessRecord process, long nowNs) {
        if (process.role() == Role.NODE) {
            peers.onDown(process, nowNs);
        }
    }

    @Override
    public boolean pollBatch(OutgoingBatch out, long nowNs) {
        return peers.pollBatch(out, nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        long next = peers.nextTimeoutNs();
        if (!parked.isEmpty()) {
            next = Math.min(next, parked.element().deadlineNs());
        }
        if (!closing.isEmpty()) {
            next = Math.min(next, closing.getFirst().closeByNs);
        }
        return connections.size() > 0 ? Math.min(next, nextQualityNs) : next;
    }
}

package dev.slipgate.fabric.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.fabric.placement.Placement;
import dev.slipgate.fabric.placement.PowerOfTwoChoices;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memory.LongMap;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One event loop's share of a gateway's connections. It is the listener of the loop's endpoints and
 * the engine of the loop's lane: a session that connects becomes a virtual connection, is placed on
 * a node, and its messages are numbered, kept and sent, or passed on if the client is native and
 * keeps them itself; what comes back is held until its unit is whole, then given to the session.
 */
public final class GatewayLane implements LaneEngine, SessionListener {
    /** The first owner's epoch of a connection. */
    private static final int FIRST_EPOCH = 1;

    private final GatewayLaneConfig config;
    private final RandomGenerator random;
    private final BytePool pool;
    private final Placement placement;
    private final LaneCounters counters = new LaneCounters();
    private final LongMap<GatewayConnection> connections = new LongMap<>();

    private final Parking parked = new Parking(counters);
    private final CreditsDue creditsDue = new CreditsDue();

    /** Those whose clients may still take their last messages, in the order of the deadlines. */
    private final LinkedHashSet<GatewayConnection> closing = new LinkedHashSet<>();

    private final NodePeers peers;
    private final FromNodes fromNodes;
    private final DropCounter drops;
    private final ConnectionOwner owner = new ConnectionOwner();
    private long reservedBytes;
    private long nextQualityNs;

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
        this.drops = drops;
        this.fromNodes = new FromNodes(connections, drops, counters, new ConnectionEvents());
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
        public void onTaken(GatewayConnection connection, long nowNs) {
            attach(connection, nowNs);
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

    /** What connections tell of themselves. */
    private final class ConnectionOwner implements GatewayConnection.Owner {
        @Override
        public void onSettled(GatewayConnection connection, int lengthBytes) {
            keep(connection, -LinkWire.costOf(lengthBytes));
            counters.keptMessages.add(-1);
        }

        @Override
        public void onHeld(GatewayConnection connection, int costBytes) {
            keep(connection, costBytes);
        }

        @Override
        public void onCreditDue(GatewayConnection connection, int costBytes) {
            creditsDue.add(connection, costBytes);
        }

        @Override
        public void onOverflow() {
            drops.count(DropReason.UNRELIABLE_OVERFLOW);
        }

        @Override
        public void onEnded(GatewayConnection connection) {
            end(connection);
        }
    }

    private void keep(GatewayConnection connection, int costBytes) {
        connection.keptBytes += costBytes;
        counters.keptBytes.add(costBytes);
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
        var connection = new GatewayConnection(id, session, config, pool, owner);
        session.attach(connection);
        connections.put(id, connection);
        counters.connections.add(1);
        counters.opened.add(1);
        parked.add(connection, nowNs + config.placementTimeoutNs());
        if (session.identity().getBytes(UTF_8).length > LinkWire.MAX_IDENTITY_BYTES) {
            session.close(CloseReason.TOKEN_REFUSED, nowNs);
        } else {
            place(connection);
        }
    }

    /** Gives the connection to a node if one takes it, and its client has said where it is. */
    private void place(GatewayConnection connection) {
        boolean mayBe = !connection.relayed() || connection.generation > 0;
        NodePeer peer = mayBe ? placement.choose(peers.accepting()) : null;
        if (peer != null) {
            parked.remove(connection);
            connection.place(peer);
        }
    }

    private void placeParked() {
        if (!parked.isEmpty() && !peers.accepting().isEmpty()) {
            parked.now().forEach(this::place);
        }
    }

    /**
     * A native client says where it is. Only the first session of a connection finds one here: what
     * a later one comes back to is not kept yet.
     */
    @Override
    public void onAttach(Session session, Attach attach, long nowNs) {
        GatewayConnection connection = of(session);
        if (connection.generation != 0) {
            return; // repeated
        }
        if (attach.generation() != 1) {
            session.close(CloseReason.REFUSED, nowNs);
            return;
        }
        connection.generation = 1;
        if (connection.phase == GatewayConnection.Phase.PARKED) {
            place(connection);
        }
    }

    /**
     * A node has the connection: the client is connected. When the node took it, it had received
     * nothing yet, so that no channel is named.
     */
    private void attach(GatewayConnection connection, long nowNs) {
        connection.attached = true;
        var fresh = new Attach(true, connection.generation, FIRST_EPOCH, List.of());
        connection.session.sendAttach(fresh, nowNs);
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        GatewayConnection connection = of(session);
        long held = connection.keptBytes + connection.reservedBytes + bytes;
        // What is reliable keeps to the credit where there is one: as much again for what is not.
        int shares = connection.relayed() ? 2 : 1;
        boolean room =
                held <= (long) shares * config.holdBytesPerConnection()
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
        counters.messagesUp.add(1);
        if (!connection.relayed()) {
            keep(connection, LinkWire.costOf(length));
            counters.keptMessages.add(1);
        }
        if (!connection.fromClient(channel, delivery, number, bytes, offset, length)) {
            session.close(CloseReason.PROTOCOL_ERROR, nowNs);
        }
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        GatewayConnection connection = of(session);
        connection.undelivered--;
        if (connection.phase != GatewayConnection.Phase.PLACED) {
            closeIfDelivered(connection, nowNs);
        } else if (!connection.relayed()) {
            connection.streams.inbound(channel).handled(number);
            connection.ackDue(channel);
        }
    }

    @Override
    public void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {
        GatewayConnection connection = of(session);
        if (connection.phase == GatewayConnection.Phase.PLACED) {
            connection.handledByClient(channel, handled);
        }
    }

    @Override
    public void onWritable(Session session, long nowNs) {
        fromNodes.onWritable(of(session), nowNs);
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        GatewayConnection connection = of(session);
        reserve(connection, -connection.reservedBytes);
        switch (connection.phase) {
            case PARKED -> {
                parked.remove(connection);
                end(connection);
            }
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
        boolean taken = connection.undelivered <= 0 && connection.backlog.isEmpty();
        boolean over = taken || nowNs >= connection.closeByNs;
        if (over && closing.remove(connection)) {
            connection.session.close(connection.closeReason, nowNs);
        }
    }

    /** Nothing more goes to the node or is kept for it. */
    private void end(GatewayConnection connection) {
        if (connection.phase != GatewayConnection.Phase.ENDED) {
            connection.phase = GatewayConnection.Phase.ENDED;
            connection.release();
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
        creditsDue.give(nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        peers.onTimeout(nowNs);
        while (!closing.isEmpty() && closing.getFirst().closeByNs <= nowNs) {
            closeIfDelivered(closing.getFirst(), nowNs);
        }
        for (var late = parked.pollOverdue(nowNs); late != null; late = parked.pollOverdue(nowNs)) {
            boolean silent = late.relayed() && late.generation == 0;
            late.session.close(silent ? CloseReason.PROTOCOL_ERROR : CloseReason.NO_NODE, nowNs);
        }
        if (creditsDue.deadlineNs() <= nowNs) {
            creditsDue.give(nowNs);
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
        boolean any = peers.pollBatch(out, nowNs);
        creditsDue.polled(nowNs);
        return any;
    }

    @Override
    public long nextTimeoutNs() {
        long next = Math.min(peers.nextTimeoutNs(), creditsDue.deadlineNs());
        next = Math.min(next, parked.nextDeadlineNs());
        if (!closing.isEmpty()) {
            next = Math.min(next, closing.getFirst().closeByNs);
        }
        return connections.size() > 0 ? Math.min(next, nextQualityNs) : next;
    }
}

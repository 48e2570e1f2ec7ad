package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * One event loop's share of a gateway's connections. It is the listener of the loop's endpoints and
 * the engine of the loop's lane: a session that connects becomes a virtual connection, is placed on
 * a node, and its messages are numbered, kept and sent; what comes back is held until its unit is
 * whole, then given to the session.
 */
public final class GatewayLane implements LaneEngine, SessionListener {
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
            BytePool pool) {}

    /** What this lane counts and holds; any thread may read it. */
    public GatewayLaneStats stats() {
        return new GatewayLaneStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Closes every connection towards nodes and clients with this reason; what is then polled is
     * the last.
     */
    public void close(CloseReason reason, long nowNs) {}

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
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs) {}

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {}

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {}

    @Override
    public void onBatch(ByteBuffer batch, long nowNs) {}

    @Override
    public void onTimeout(long nowNs) {}

    @Override
    public void onProcessUp(ProcessRecord process, long nowNs) {}

    @Override
    public void onProcessDown(ProcessRecord process, long nowNs) {}

    @Override
    public boolean pollBatch(OutgoingBatch out, long nowNs) {
        return false;
    }

    @Override
    public long nextTimeoutNs() {
        return NEVER;
    }
}

package dev.slipgate.fabric.node;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.memory.BytePool;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * One event loop's share of a node's connections: takes what gateways send, fills mailboxes, runs
 * handlers on the executor it was given, and sends what they leave behind, unit by unit.
 */
public final class NodeLane implements LaneEngine {
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
            BytePool pool) {}

    /** Input: handlers have left units behind. On the loop; the driver polls batches after it. */
    public void onWakeup(long nowNs) {}

    /** What this lane counts and holds; any thread may read it. */
    public NodeLaneStats stats() {
        return new NodeLaneStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Closes every connection with this reason; {@code onDisconnect} runs for each. */
    public void close(CloseReason reason, long nowNs) {}

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

package dev.slipgate.fabric.link;

import dev.slipgate.fabric.directory.ProcessRecord;

/**
 * Between whom a lane is.
 *
 * @param initiator whether this end says HELLO: the gateway's does
 * @param peerAddress the other end's bus address
 */
public record LaneIdentity(
        long selfProcess,
        int selfLane,
        long peerProcess,
        int peerLane,
        boolean initiator,
        String peerAddress) {
    /** The lane from {@code self} to a lane of the process with id {@code peerProcess}. */
    public static LaneIdentity of(
            ProcessRecord self, int selfLane, long peerProcess, int peerLane, boolean initiator) {
        return new LaneIdentity(
                self.processId(),
                selfLane,
                peerProcess,
                peerLane,
                initiator,
                ProcessRecord.laneAddress(peerProcess, peerLane));
    }
}

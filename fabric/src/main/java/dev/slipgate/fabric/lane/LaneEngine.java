package dev.slipgate.fabric.lane;

import dev.slipgate.fabric.directory.ProcessRecord;
import java.nio.ByteBuffer;

/**
 * One event loop's share of a gateway's or node's connection logic: fed with batches, time and
 * directory news, polled for batches and a deadline. Sans-IO, confined to its loop. The driver
 * polls {@link #pollBatch} dry after every input (at the end of a read burst, not per datagram),
 * then arms one timer for {@link #nextTimeoutNs}.
 */
public interface LaneEngine {
    /** What {@link #nextTimeoutNs} answers when nothing is due. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Input: a batch from the bus, position to limit; read during the call only. Anything may be in
     * it.
     */
    void onBatch(ByteBuffer batch, long nowNs);

    /** Input: time has passed; harmless when early. */
    void onTimeout(long nowNs);

    /** Input: a process is in the directory, or its record changed. */
    void onProcessUp(ProcessRecord process, long nowNs);

    /** Input: a process has left the cluster. */
    void onProcessDown(ProcessRecord process, long nowNs);

    /**
     * Output: fills the next batch to send; false when there is none now. The engine writes into
     * {@code out.bytes} from offset 0, at most {@link OutgoingBatch#CAPACITY_BYTES}.
     */
    boolean pollBatch(OutgoingBatch out, long nowNs);

    /** Output: when {@link #onTimeout} is next due, or {@link #NEVER}. */
    long nextTimeoutNs();
}

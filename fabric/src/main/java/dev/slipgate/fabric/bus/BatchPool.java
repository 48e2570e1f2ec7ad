package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.OutgoingBatch;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one lane that are not on their way. Taken on the lane's loop, given back by
 * whoever copied the bytes, which may be another thread while the bus still connects.
 */
final class BatchPool {
    /**
     * How many batches lie here unused at most, 1 MiB; more are in flight only while the bus
     * connects, and those are left to the collector.
     */
    static final int MAX_POOLED = 32;

    private final ArrayBlockingQueue<OutgoingBatch> unused = new ArrayBlockingQueue<>(MAX_POOLED);
    private final LaneCounters counters;

    BatchPool(LaneCounters counters) {
        this.counters = counters;
    }

    /** A batch whose content is arbitrary. */
    OutgoingBatch take() {
        @Nullable OutgoingBatch batch = unused.poll();
        if (batch == null) {
            counters.batchesAllocated.increment();
            return new OutgoingBatch();
        }
        return batch;
    }

    /** Gives a batch back; the caller must not touch it again. */
    void give(OutgoingBatch batch) {
        unused.offer(batch);
    }

    int unused() {
        return unused.size();
    }
}

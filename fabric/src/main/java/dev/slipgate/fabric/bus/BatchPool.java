package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.OutgoingBatch;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one lane that are not on their way. Taken on the lane's loop, given back by
 * whoever is through with the bytes, which may be another thread while the bus still connects.
 */
final class BatchPool {
    /**
     * How many batches lie here unused at most, 1 MiB, and how many the bus may write from at once;
     * more are in flight only while the bus connects, and those are left to the collector.
     */
    static final int MAX_POOLED = 32;

    private final ArrayBlockingQueue<OutgoingBatch> unused = new ArrayBlockingQueue<>(MAX_POOLED);
    private final AtomicInteger lent = new AtomicInteger();
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

    /**
     * Whether the bus may write from one more batch; then {@link #giveLent} follows. Any thread.
     */
    boolean tryLend() {
        if (lent.incrementAndGet() <= MAX_POOLED) {
            return true;
        }
        lent.decrementAndGet();
        counters.batchesCopied.increment();
        return false;
    }

    /** Gives back a batch that the bus has written from. Any thread. */
    void giveLent(OutgoingBatch batch) {
        lent.decrementAndGet();
        give(batch);
    }

    int unused() {
        return unused.size();
    }
}

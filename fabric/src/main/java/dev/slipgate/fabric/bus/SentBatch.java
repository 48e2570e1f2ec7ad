package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.OutgoingBatch;
import io.vertx.core.Completable;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A batch in the hands of the bus: what is sent, and the listener of its outcome. Its bytes go back
 * to the pool exactly once: when the bus has copied or written them, when the receiver in the same
 * process has read them, or when the send failed before that.
 */
final class SentBatch implements Completable<Void> {
    private static final AtomicReferenceFieldUpdater<SentBatch, OutgoingBatch> BATCH =
            AtomicReferenceFieldUpdater.newUpdater(SentBatch.class, OutgoingBatch.class, "batch");

    private final BatchPool pool;
    private final LaneCounters counters;
    private volatile @Nullable OutgoingBatch batch;
    private volatile boolean lent;

    SentBatch(OutgoingBatch batch, BatchPool pool, LaneCounters counters) {
        this.batch = batch;
        this.pool = pool;
        this.counters = counters;
    }

    /** The bytes, or null once released. */
    @Nullable OutgoingBatch batch() {
        return batch;
    }

    /**
     * Whether the bus may write from the bytes where they are, until it tells the outcome; else it
     * copies them, and {@link #release} follows. Asked once, by whoever encodes it.
     */
    boolean tryLend() {
        lent = pool.tryLend();
        return lent;
    }

    /** Gives the bytes back to the pool; harmless the second time. Any thread. */
    void release() {
        @Nullable OutgoingBatch held = BATCH.getAndSet(this, null);
        if (held == null) {
            return;
        }
        if (lent) {
            pool.giveLent(held);
        } else {
            pool.give(held);
        }
    }

    @Override
    public void complete(@Nullable Void result, @Nullable Throwable failure) {
        if (failure != null) {
            counters.sendsFailed.increment();
        }
        if (failure != null || lent) {
            release();
        }
    }
}

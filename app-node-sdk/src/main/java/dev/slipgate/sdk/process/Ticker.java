package dev.slipgate.sdk.process;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own mailbox: due at a fixed beat, run one at a time. It has no clock and no timer;
 * {@link TickLoop} drives it. Confined to its driver, but for what the run touches.
 */
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final long periodNs;
    private final Tick tick;
    private final Executor handlers;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder ticks = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private long dueNs;

    /** One beat of the app. */
    @FunctionalInterface
    interface Tick {
        void run(long nowNs) throws Exception;
    }

    /**
     * @param periodNs the time between beats, more than 0
     * @param nowNs the first beat is a period after it
     */
    Ticker(long periodNs, Tick tick, Executor handlers, long nowNs) {
        this.periodNs = periodNs;
        this.tick = tick;
        this.handlers = handlers;
        this.dueNs = nowNs + periodNs;
    }

    /** When {@link #onTimeout} is next due. */
    long nextTimeoutNs() {
        return dueNs;
    }

    /** Input: time has passed; harmless when early. Beats that were missed are not made up for. */
    void onTimeout(long nowNs) {
        if (nowNs - dueNs < 0) {
            return;
        }
        long missed = (nowNs - dueNs) / periodNs;
        dueNs += (missed + 1) * periodNs;
        skipped.add(missed);
        if (running.compareAndSet(false, true)) {
            handlers.execute(() -> run(nowNs));
        } else {
            skipped.increment();
        }
    }

    /** A tick that fails each time is logged once, until one succeeds again. */
    private void run(long nowNs) {
        try {
            tick.run(nowNs);
            failing.set(false);
        } catch (Throwable failure) {
            failures.increment();
            if (failing.compareAndSet(false, true)) {
                LOG.error("onTick failed; further failures in a row are counted only", failure);
            }
        } finally {
            ticks.increment();
            running.set(false);
        }
    }

    /** Ticks that ran, since start. */
    long ticks() {
        return ticks.sum();
    }

    /** Beats that were left out, since the tick before was not over or the driver came late. */
    long skipped() {
        return skipped.sum();
    }

    /** Ticks that threw, since start. */
    long failures() {
        return failures.sum();
    }
}

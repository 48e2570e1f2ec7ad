package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.LaneEngine;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer on an event loop, in nanoseconds where the loop's poller can (epoll), in milliseconds
 * where it cannot. Confined to its loop. A deadline that moves later leaves the timer as it is: it
 * fires early and its owner looks again, which costs less than to cancel and schedule at each
 * packet.
 */
public final class LoopTimer {
    /** The shortest wait; an engine that is always due must not starve the loop's sockets. */
    static final long MIN_DELAY_NS = 20_000;

    private final EventLoop loop;
    private final Runnable action;
    private long armedForNs = LaneEngine.NEVER;
    private @Nullable ScheduledFuture<?> scheduled;

    public LoopTimer(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /** Fires at this deadline or, when armed for an earlier one, at that. */
    public void armNoLaterThan(long deadlineNs, long nowNs) {
        if (deadlineNs >= armedForNs) {
            return;
        }
        cancel();
        armedForNs = deadlineNs;
        long delayNs = Math.max(MIN_DELAY_NS, deadlineNs - nowNs);
        scheduled = loop.schedule(this::fire, delayNs, TimeUnit.NANOSECONDS);
    }

    /** Forgets the deadline. */
    public void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
        armedForNs = LaneEngine.NEVER;
    }

    private void fire() {
        scheduled = null;
        armedForNs = LaneEngine.NEVER;
        action.run();
    }
}

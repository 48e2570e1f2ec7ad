package dev.slipgate.gateway.loop;

import dev.slipgate.protocol.session.Endpoint;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer on an event loop, in nanoseconds where the loop's poller can (epoll). A deadline that
 * moves later leaves it as it is: it fires early and its owner looks again.
 */
final class LoopTimer {
    /** The shortest wait, so that deadlines of many sessions share a turn of the loop. */
    static final long MIN_DELAY_NS = 100_000;

    private final EventLoop loop;
    private final Runnable action;
    private long armedForNs = Endpoint.NEVER;
    private @Nullable ScheduledFuture<?> scheduled;

    LoopTimer(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /** Fires at this deadline or, when armed for an earlier one, at that. */
    void armNoLaterThan(long deadlineNs, long nowNs) {
        if (deadlineNs >= armedForNs) {
            return;
        }
        cancel();
        armedForNs = deadlineNs;
        long delayNs = Math.max(MIN_DELAY_NS, deadlineNs - nowNs);
        scheduled = loop.schedule(this::fire, delayNs, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
        armedForNs = Endpoint.NEVER;
    }

    private void fire() {
        scheduled = null;
        armedForNs = Endpoint.NEVER;
        action.run();
    }
}

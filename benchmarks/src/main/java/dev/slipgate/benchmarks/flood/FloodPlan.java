package dev.slipgate.benchmarks.flood;

import dev.slipgate.benchmarks.CommonOptions.Timing;
import java.util.concurrent.TimeUnit;

/**
 * How the flood is measured.
 *
 * @param perSecond datagrams of the flood, and of the baseline
 * @param living sessions whose round trips are measured
 * @param livingRate messages per second that they send together
 */
record FloodPlan(int perSecond, int living, int livingRate, Timing timing) {
    long durationNs() {
        return TimeUnit.SECONDS.toNanos(timing.seconds());
    }

    long warmUpNs() {
        return TimeUnit.SECONDS.toNanos(timing.warmUpSeconds());
    }
}

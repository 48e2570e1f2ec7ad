package dev.slipgate.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What clients saw that connected again and again.
 *
 * @param connected how often one was
 * @param failed how often one was not, in its time
 * @param tookNs from its first packet to being connected
 */
public record ConnectFigures(long durationNs, long connected, long failed, Histogram tookNs) {
    /** Connects per second. */
    public double rate() {
        return connected * 1e9 / durationNs;
    }

    /** What this share of connects did not exceed, in milliseconds. */
    public double tookMs(double percentile) {
        return tookNs.getValueAtPercentile(percentile) / 1e6;
    }
}

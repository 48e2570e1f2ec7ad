package dev.slipgate.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What the clients saw in one phase.
 *
 * @param lost messages that were given up; those sent near the end are waited for
 * @param blocked messages that were due while their client had no room for another
 * @param refused datagrams that this machine did not take
 * @param datagramsUp datagrams that the clients sent
 * @param datagramsDown datagrams that the clients got
 * @param rttNs round trips in nanoseconds
 */
public record LoadFigures(
        long durationNs,
        long sent,
        long echoed,
        long lost,
        long late,
        long duplicates,
        long changed,
        long blocked,
        long refused,
        long datagramsUp,
        long datagramsDown,
        Histogram rttNs) {

    /** Echoes per second. */
    public double rate() {
        return echoed * 1e9 / durationNs;
    }

    /** The round trip that this share of messages did not exceed, in microseconds. */
    public double rttUs(double percentile) {
        return rttNs.getValueAtPercentile(percentile) / 1e3;
    }

    /** Whether every message came back once and unchanged. */
    public boolean faithful() {
        return lost == 0 && duplicates == 0 && changed == 0 && late == 0;
    }
}

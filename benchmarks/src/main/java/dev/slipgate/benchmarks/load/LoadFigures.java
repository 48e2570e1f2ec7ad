package dev.slipgate.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What the clients saw in one phase.
 *
 * @param lost messages that were given up; those sent near the end are waited for
 * @param blocked messages that were due while their client had no room for another
 * @param refused datagrams that this machine did not take
 * @param up what the clients sent
 * @param down what the clients got
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
        Traffic up,
        Traffic down,
        Histogram rttNs) {
    /** Datagrams of one direction, and their bytes without IP and UDP headers. */
    public record Traffic(long datagrams, long bytes) {
        /** Of a datagram on average; 0 without any. */
        public double bytesEach() {
            return datagrams == 0 ? 0 : (double) bytes / datagrams;
        }
    }

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

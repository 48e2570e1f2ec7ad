package dev.slipgate.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The running counts of one phase. */
final class LoadTally {
    private static final long MAX_RTT_NS = TimeUnit.MINUTES.toNanos(1);

    final Histogram rttNs = new Histogram(MAX_RTT_NS, 3);
    long sent;
    long echoed;
    long lost;
    long late;
    long duplicates;
    long changed;
    long blocked;
    final Traffic up = new Traffic();
    final Traffic down = new Traffic();

    /** Datagrams of one direction. */
    static final class Traffic {
        private long datagrams;
        private long bytes;

        void count(int length) {
            datagrams++;
            bytes += length;
        }

        LoadFigures.Traffic total() {
            return new LoadFigures.Traffic(datagrams, bytes);
        }
    }

    void arrived(EchoLedger.Arrival arrival, long rtt) {
        switch (arrival) {
            case ECHO -> {
                echoed++;
                rttNs.recordValue(Math.clamp(rtt, 0, MAX_RTT_NS));
            }
            case LATE -> late++;
            case DUPLICATE -> duplicates++;
            case CHANGED -> changed++;
        }
    }

    /** What happened in the phase itself, and the losses that showed only after it. */
    LoadFigures figures(long durationNs, long lostAfterwards, long refused) {
        return new LoadFigures(
                durationNs,
                sent,
                echoed,
                lost + lostAfterwards,
                late,
                duplicates,
                changed,
                blocked,
                refused,
                up.total(),
                down.total(),
                rttNs);
    }
}

package dev.slipgate.deploy.echo;

import dev.slipgate.testing.check.NumberedMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was sent, and what came back. Holds only what is under way, so that a run may last for days.
 * Thread-safe.
 */
final class EchoLedger {
    /** Messages under way; beyond, sending waits. */
    static final int MAX_UNDER_WAY = 100_000;

    private static final long NS_PER_US = 1000;
    private static final long MAX_ECHO_US = 3_600_000_000L;

    private final EchoPlan plan;
    private final Map<Long, Long> sentAtNs = new HashMap<>();
    private final Histogram second = new Histogram(MAX_ECHO_US, 3);
    private final Histogram all = new Histogram(MAX_ECHO_US, 3);
    private long sent;
    private long echoed;
    private long wrong;
    private long unexpected;

    EchoLedger(EchoPlan plan) {
        this.plan = plan;
    }

    /**
     * @param underWay sent and not back
     * @param wrong came back with other bytes
     * @param unexpected came back twice, or was never sent
     * @param halfWithinUs the time from sending to the echo that half of them took at most
     * @param slowestUs the longest
     */
    record Totals(
            long sent,
            long echoed,
            long underWay,
            long wrong,
            long unexpected,
            long halfWithinUs,
            long mostWithinUs,
            long slowestUs) {
        /** Whether everything came back, once and unchanged. */
        boolean whole() {
            return underWay == 0 && wrong == 0 && unexpected == 0;
        }
    }

    synchronized boolean full() {
        return sentAtNs.size() >= MAX_UNDER_WAY;
    }

    /** Notes a message before it is sent: its echo may be faster than the caller. */
    synchronized void sending(long number, long nowNs) {
        sentAtNs.put(number, nowNs);
        sent++;
    }

    /** It was refused after all. */
    synchronized void notSent(long number) {
        if (sentAtNs.remove(number) != null) {
            sent--;
        }
    }

    synchronized void came(byte[] message, long nowNs) {
        Long at = sentAtNs.remove(NumberedMessage.number(message));
        if (at == null) {
            unexpected++;
            return;
        }
        echoed++;
        if (!Arrays.equals(message, plan.message(NumberedMessage.number(message)))) {
            wrong++;
        }
        long tookUs = Math.min(MAX_ECHO_US, Math.max(0, (nowNs - at) / NS_PER_US));
        second.recordValue(tookUs);
        all.recordValue(tookUs);
    }

    /** Counts so far, with the times of the messages that came back since the last call. */
    synchronized Totals lately() {
        Totals totals = totals(second);
        second.reset();
        return totals;
    }

    /** Counts and times of the whole run. */
    synchronized Totals total() {
        return totals(all);
    }

    private Totals totals(Histogram times) {
        return new Totals(
                sent,
                echoed,
                sentAtNs.size(),
                wrong,
                unexpected,
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue());
    }
}

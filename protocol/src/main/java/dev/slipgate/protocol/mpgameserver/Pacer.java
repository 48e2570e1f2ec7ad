package dev.slipgate.protocol.mpgameserver;

/**
 * When the next packet may leave. Two bounds: one packet per interval, because the original's
 * client reads one datagram per frame; and never a whole ring of packets within one second, because
 * second, number and ack are the nonce. An idle connection sends at once.
 */
final class Pacer {
    private static final long SECOND_NS = 1_000_000_000L;

    /** Below the ring's 65535, so that no number comes twice within a second of the header. */
    static final int MAX_PACKETS_PER_SECOND = 65000;

    private final long intervalNs;
    private final long epochAtZeroNs;
    private boolean sentAny;
    private long lastSentNs;
    private long second;
    private int sentInSecond;

    /**
     * @param intervalNs 0 for none
     * @param epochAtZeroNs unix time at {@code nowNs} 0
     */
    Pacer(long intervalNs, long epochAtZeroNs) {
        this.intervalNs = intervalNs;
        this.epochAtZeroNs = epochAtZeroNs;
    }

    /** Whether a packet may leave now. */
    boolean maySend(long nowNs) {
        return nowNs >= readyAtNs();
    }

    /** From when on a packet may leave. */
    long readyAtNs() {
        if (!sentAny) {
            return Long.MIN_VALUE;
        }
        long pacedNs = lastSentNs + intervalNs;
        return sentInSecond < MAX_PACKETS_PER_SECOND
                ? pacedNs
                : Math.max(pacedNs, (second + 1) * SECOND_NS - epochAtZeroNs);
    }

    /** A packet leaves now; returns the second for its header. */
    long onSent(long nowNs) {
        long nowSecond = secondOf(nowNs);
        if (nowSecond > second) {
            second = nowSecond;
            sentInSecond = 0;
        }
        sentInSecond++;
        sentAny = true;
        lastSentNs = nowNs;
        return second;
    }

    /** When a packet last left; the start of the session before the first. */
    long lastSentNs() {
        return lastSentNs;
    }

    private long secondOf(long nowNs) {
        return Math.floorDiv(epochAtZeroNs + nowNs, SECOND_NS);
    }
}

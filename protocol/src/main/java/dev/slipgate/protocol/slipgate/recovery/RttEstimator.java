package dev.slipgate.protocol.slipgate.recovery;

/**
 * The round trip of the path (RFC 9002, section 5): latest, smallest, smoothed, and its variation;
 * beside it the jitter of RFC 3550. All in nanoseconds.
 */
public final class RttEstimator {
    /** What the round trip is taken for before the first sample (RFC 9002, section 6.2.2). */
    public static final long INITIAL_RTT_NS = 333_000_000L;

    /** The granularity of timers (RFC 9002, section 6.1.2). */
    static final long GRANULARITY_NS = 1_000_000L;

    /** RFC 3550, appendix A.8: the mean fades by 1/16, and is kept 16-fold. */
    private static final int JITTER_SHIFT = 4;

    private boolean sampled;
    private boolean minIsStale;
    private long firstSampleNs;
    private long latestNs;
    private long minNs;
    private long smoothedNs;
    private long variationNs;
    private long jitterTimes16Ns;

    public RttEstimator() {
        onNewPath();
    }

    /** Begins anew: nothing is known of the path. */
    public void onNewPath() {
        sampled = false;
        minIsStale = false;
        latestNs = 0;
        minNs = 0;
        smoothedNs = INITIAL_RTT_NS;
        variationNs = INITIAL_RTT_NS / 2;
        jitterTimes16Ns = 0;
    }

    /**
     * Takes a round trip.
     *
     * @param rttNs from the sending of the newest acknowledged packet to its ACK
     * @param ackDelayNs how long the peer says it waited; more than it may wait is not believed
     */
    public void onSample(long rttNs, long ackDelayNs, long nowNs) {
        if (!sampled) {
            sampled = true;
            firstSampleNs = nowNs;
            minNs = rttNs;
            smoothedNs = rttNs;
            variationNs = rttNs / 2;
        } else {
            long difference = Math.abs(rttNs - latestNs);
            jitterTimes16Ns += difference - ((jitterTimes16Ns + 8) >> JITTER_SHIFT);
            smooth(rttNs, Math.clamp(ackDelayNs, 0, ReceivedPackets.MAX_ACK_DELAY_NS));
        }
        latestNs = rttNs;
    }

    private void smooth(long rttNs, long ackDelayNs) {
        minNs = minIsStale ? rttNs : Math.min(minNs, rttNs);
        minIsStale = false;
        long adjustedNs = rttNs >= minNs + ackDelayNs ? rttNs - ackDelayNs : rttNs;
        variationNs = (3 * variationNs + Math.abs(smoothedNs - adjustedNs)) / 4;
        smoothedNs = (7 * smoothedNs + adjustedNs) / 8;
    }

    /** The path has changed under us: the next sample is the smallest round trip of the new one. */
    void onPersistentCongestion() {
        minIsStale = true;
    }

    /** Whether there was a sample; before, all but {@link #smoothedNs} is 0 or a guess. */
    public boolean sampled() {
        return sampled;
    }

    /** Whether a packet sent at {@code sentNs} left after the first sample was taken. */
    boolean sampledBefore(long sentNs) {
        return sampled && sentNs > firstSampleNs;
    }

    /** The last sample. */
    public long latestNs() {
        return latestNs;
    }

    /** The smallest sample. */
    public long minNs() {
        return minNs;
    }

    /** The smoothed round trip; {@link #INITIAL_RTT_NS} before the first sample. */
    public long smoothedNs() {
        return smoothedNs;
    }

    /** The mean variation of the round trip. */
    public long variationNs() {
        return variationNs;
    }

    /** The mean difference between one round trip and the next (RFC 3550, appendix A.8). */
    public long jitterNs() {
        return jitterTimes16Ns >> JITTER_SHIFT;
    }

    /**
     * How long after its sending an eliciting packet should have been acknowledged (RFC 9002,
     * section 6.2.1), without backoff.
     */
    public long probeTimeoutNs() {
        return smoothedNs
                + Math.max(4 * variationNs, GRANULARITY_NS)
                + ReceivedPackets.MAX_ACK_DELAY_NS;
    }

    /** How long after its sending a packet is lost, when a later one was acknowledged (6.1.2). */
    long lossDelayNs() {
        return Math.max(Math.max(latestNs, smoothedNs) * 9 / 8, GRANULARITY_NS);
    }
}

package dev.slipgate.protocol.mpgameserver;

/**
 * The smoothed round trip and its variance, and from them how long an acknowledgement may take
 * before its packet counts as lost (RFC 9002, sections 5 and 6.2).
 */
final class RttEstimator {
    private static final long INITIAL_RTT_NS = 100_000_000L;
    private static final long GRANULARITY_NS = 5_000_000L;
    private static final int MAX_BACKOFF_SHIFT = 3;

    /**
     * A lost packet is given up after this at the latest, since the original's receiver gives a
     * message of two fragments up after 2 s.
     */
    static final long MAX_TIMEOUT_NS = 1_000_000_000L;

    private final long peerAckDelayNs;
    private long smoothedNs;
    private long varianceNs;
    private long latencyNs;
    private int backoffShift;

    /**
     * @param peerAckDelayNs how long the peer may wait before it acknowledges
     */
    RttEstimator(long peerAckDelayNs) {
        this.peerAckDelayNs = peerAckDelayNs;
    }

    /** Takes a round trip, measured to the newest packet of an acknowledgement. */
    void sample(long rttNs) {
        if (smoothedNs == 0) {
            smoothedNs = Math.max(rttNs, 1);
            varianceNs = rttNs / 2;
            latencyNs = rttNs / 2;
        } else {
            varianceNs += (Math.abs(smoothedNs - rttNs) - varianceNs) / 4;
            smoothedNs += (rttNs - smoothedNs) / 8;
            latencyNs += (rttNs / 2 - latencyNs) / 10;
        }
    }

    /** An acknowledgement arrived: the path works. */
    void onProgress() {
        backoffShift = 0;
    }

    /** A packet was given up by time alone. */
    void onTimeout() {
        backoffShift = Math.min(backoffShift + 1, MAX_BACKOFF_SHIFT);
    }

    /** The smoothed round trip; 0 until the first sample. */
    long smoothedNs() {
        return smoothedNs;
    }

    /** Half of the round trip, smoothed as the original does; 0 until the first sample. */
    long latencyNs() {
        return latencyNs;
    }

    /** How long after its sending an unacknowledged packet counts as lost. */
    long timeoutNs() {
        long rttNs = smoothedNs == 0 ? INITIAL_RTT_NS : smoothedNs;
        long marginNs = smoothedNs == 0 ? INITIAL_RTT_NS : 4 * varianceNs;
        long timeoutNs = rttNs + Math.max(marginNs, GRANULARITY_NS) + peerAckDelayNs;
        return Math.min(timeoutNs << backoffShift, MAX_TIMEOUT_NS);
    }
}

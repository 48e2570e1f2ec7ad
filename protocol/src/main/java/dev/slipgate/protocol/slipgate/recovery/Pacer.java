package dev.slipgate.protocol.slipgate.recovery;

/**
 * Spreads packets over the round trip (RFC 9002, section 7.7): a bucket that fills at 5/4 of window
 * per round trip, and holds at least 10 full packets. Packets that must not wait (ACK, probes) are
 * only told to {@link #onSent}, and leave the bucket in debt.
 */
public final class Pacer {
    static final long MIN_BURST_BYTES = 10 * NewReno.DATAGRAM_BYTES;

    /** A burst lasts as long as timers are late, so that they do not bound the rate. */
    static final long BURST_NS = 2_000_000L;

    private static final double GAIN = 1.25;

    private boolean started;
    private double tokens;
    private long filledNs;

    /**
     * When a packet of {@code bytes} may leave: {@code nowNs}, or later.
     *
     * @param windowBytes of the {@link RateController}
     * @param smoothedRttNs of the {@link RttEstimator}
     */
    public long readyAtNs(int bytes, long windowBytes, long smoothedRttNs, long nowNs) {
        double bytesPerNs = GAIN * windowBytes / Math.max(smoothedRttNs, 1);
        double burst = Math.max(MIN_BURST_BYTES, bytesPerNs * BURST_NS);
        fill(bytesPerNs, burst, nowNs);
        double missing = Math.min(bytes, burst) - tokens;
        return missing <= 0 ? nowNs : nowNs + (long) Math.ceil(missing / bytesPerNs);
    }

    private void fill(double bytesPerNs, double burst, long nowNs) {
        double filled = tokens + (nowNs - filledNs) * bytesPerNs;
        tokens = started ? Math.min(filled, burst) : burst;
        filledNs = nowNs;
        started = true;
    }

    /** A packet left. */
    public void onSent(int bytes) {
        tokens = Math.max(tokens - bytes, -MIN_BURST_BYTES);
    }
}

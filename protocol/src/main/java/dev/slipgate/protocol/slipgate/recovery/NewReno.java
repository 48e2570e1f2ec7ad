package dev.slipgate.protocol.slipgate.recovery;

/** The congestion control of RFC 9002, section 7 and appendix B: slow start, then a line. */
public final class NewReno implements RateController {
    /** The largest datagram of the protocol. */
    public static final int DATAGRAM_BYTES = 1200;

    static final long INITIAL_WINDOW_BYTES = 10 * DATAGRAM_BYTES;
    static final long MIN_WINDOW_BYTES = 2 * DATAGRAM_BYTES;

    /** Chosen above what {@link SentPackets#MAX_SLOTS} full packets take. */
    static final long MAX_WINDOW_BYTES = 16L << 20;

    private static final long NO_RECOVERY = Long.MIN_VALUE;

    private long windowBytes;
    private long slowStartLimitBytes;
    private long recoveryStartNs;
    private long ackedTowardsGrowth;

    public NewReno() {
        onNewPath();
    }

    @Override
    public void onNewPath() {
        windowBytes = INITIAL_WINDOW_BYTES;
        slowStartLimitBytes = Long.MAX_VALUE;
        recoveryStartNs = NO_RECOVERY;
        ackedTowardsGrowth = 0;
    }

    @Override
    public void onSent(int bytes, long bytesInFlight, long nowNs) {}

    @Override
    public void onAcked(int bytes, long sentNs, long bytesInFlight) {
        if (sentNs <= recoveryStartNs || !isUsed(bytesInFlight)) {
            return;
        }
        if (windowBytes < slowStartLimitBytes) {
            windowBytes = Math.min(windowBytes + bytes, MAX_WINDOW_BYTES);
            return;
        }
        // One datagram per window of bytes. Summed, since packets may be small beside the window,
        // and a quotient per packet would be 0 for all of them.
        ackedTowardsGrowth += bytes;
        if (ackedTowardsGrowth >= windowBytes) {
            ackedTowardsGrowth -= windowBytes;
            windowBytes = Math.min(windowBytes + DATAGRAM_BYTES, MAX_WINDOW_BYTES);
        }
    }

    /**
     * Whether the window, not the application, bounds the sender (RFC 9002, section 7.8). In slow
     * start half is enough, since the window doubles in each round trip.
     */
    private boolean isUsed(long bytesInFlight) {
        return windowBytes < slowStartLimitBytes
                ? bytesInFlight > windowBytes / 2
                : bytesInFlight + 3 * DATAGRAM_BYTES > windowBytes;
    }

    @Override
    public void onLost(int bytes, long sentNs, long nowNs) {
        if (sentNs <= recoveryStartNs) {
            return;
        }
        recoveryStartNs = nowNs;
        slowStartLimitBytes = windowBytes / 2;
        windowBytes = Math.max(slowStartLimitBytes, MIN_WINDOW_BYTES);
        ackedTowardsGrowth = 0;
    }

    @Override
    public void onPersistentCongestion() {
        windowBytes = MIN_WINDOW_BYTES;
        recoveryStartNs = NO_RECOVERY;
        ackedTowardsGrowth = 0;
    }

    @Override
    public long windowBytes() {
        return windowBytes;
    }
}

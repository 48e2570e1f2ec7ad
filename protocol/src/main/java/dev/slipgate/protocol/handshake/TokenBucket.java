package dev.slipgate.protocol.handshake;

/** A rate with a burst: full at first. Confined to one thread. */
public final class TokenBucket {
    private static final double SECOND_NS = 1e9;

    private final double perSecond;
    private final double burst;
    private double tokens;
    private long filledAtNs;

    /**
     * @param perSecond granted on average, above 0
     * @param burst granted at once, 1 or more
     */
    public TokenBucket(double perSecond, double burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    /** Takes one; false when there is none left. */
    public boolean tryTake(long nowNs) {
        // Not below 0: the clock may begin at any number, and the bucket is full then anyway.
        double earned = Math.max(0, nowNs - filledAtNs) / SECOND_NS * perSecond;
        tokens = Math.min(burst, tokens + earned);
        filledAtNs = nowNs;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}

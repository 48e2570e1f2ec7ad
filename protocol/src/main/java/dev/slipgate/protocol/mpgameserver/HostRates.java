package dev.slipgate.protocol.mpgameserver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket of handshakes per host. Bounded: beyond {@code maxHosts} the host that asked least
 * recently is forgotten; what a flood of forged hosts then wins is bounded by the cap on handshakes
 * in progress.
 */
final class HostRates {
    private static final double SECOND_NS = 1e9;

    private static final class Bucket {
        double tokens;
        long filledAtNs;
    }

    private final double perSecond;
    private final double burst;
    private final Map<Object, Bucket> buckets;

    /**
     * @param perSecond granted per host on average; 0 for no limit
     * @param burst granted at once
     */
    HostRates(double perSecond, int burst, int maxHosts) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
                        return size() > maxHosts;
                    }
                };
    }

    /** Takes one handshake from the host's allowance; false when there is none left. */
    boolean tryTake(Object host, long nowNs) {
        if (perSecond == 0) {
            return true;
        }
        Bucket bucket = buckets.get(host);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            bucket.filledAtNs = nowNs;
            buckets.put(host, bucket);
        }
        double earned = (nowNs - bucket.filledAtNs) / SECOND_NS * perSecond;
        bucket.tokens = Math.min(burst, bucket.tokens + earned);
        bucket.filledAtNs = nowNs;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    /** Hosts that are remembered. */
    int size() {
        return buckets.size();
    }
}

package dev.slipgate.protocol.handshake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket of handshakes per host. Bounded: beyond {@code maxHosts} the host that asked least
 * recently is forgotten; what a flood of forged hosts then wins is bounded by the cap on handshakes
 * in progress. Confined to one thread.
 */
public final class HostRates {
    private final double perSecond;
    private final int burst;
    private final Map<Object, TokenBucket> buckets;

    /**
     * @param perSecond granted per host on average; 0 for no limit
     * @param burst granted at once
     */
    public HostRates(double perSecond, int burst, int maxHosts) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Object, TokenBucket> eldest) {
                        return size() > maxHosts;
                    }
                };
    }

    /** Takes one handshake from the host's allowance; false when there is none left. */
    public boolean tryTake(Object host, long nowNs) {
        if (perSecond == 0) {
            return true;
        }
        TokenBucket bucket = buckets.get(host);
        if (bucket == null) {
            bucket = new TokenBucket(perSecond, burst);
            buckets.put(host, bucket);
        }
        return bucket.tryTake(nowNs);
    }

    /** Hosts that are remembered. */
    public int size() {
        return buckets.size();
    }
}

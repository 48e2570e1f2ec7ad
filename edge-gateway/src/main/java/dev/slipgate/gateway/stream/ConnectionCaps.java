package dev.slipgate.gateway.stream;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections a process takes, in all and of one host. Thread-safe. */
final class ConnectionCaps {
    private final int maxInAll;
    private final int maxPerHost;
    private final AtomicInteger inAll = new AtomicInteger();

    /** Only hosts that have connections, so it is as bounded as those. */
    private final ConcurrentMap<Object, Integer> perHost = new ConcurrentHashMap<>();

    /** Whether a connection may come, and if not, why. */
    enum Answer {
        TAKEN,
        TOO_MANY,
        TOO_MANY_OF_HOST
    }

    ConnectionCaps(int maxInAll, int maxPerHost) {
        this.maxInAll = maxInAll;
        this.maxPerHost = maxPerHost;
    }

    /** Counts a connection of this host, if it may come. */
    Answer tryTake(Object host) {
        if (inAll.incrementAndGet() > maxInAll) {
            inAll.decrementAndGet();
            return Answer.TOO_MANY;
        }
        if (perHost.merge(host, 1, Integer::sum) > maxPerHost) {
            give(host);
            return Answer.TOO_MANY_OF_HOST;
        }
        return Answer.TAKEN;
    }

    /** A connection of this host that had been taken is gone. */
    void give(Object host) {
        inAll.decrementAndGet();
        perHost.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.session.Endpoint;

/**
 * When a PING is due, and when a silent peer is given up. {@code docs/wire-protocol.md}, PING. On a
 * stream, where a PING is all that measures the round trip, a side that is silent otherwise adds
 * none.
 */
final class KeepAlive {
    private static final int PINGS_PER_TIMEOUT = 3;

    /** How old a round trip of a busy stream gets. */
    private static final long MEASURE_INTERVAL_NS = 1_000_000_000L;

    private final long idleTimeoutNs;
    private final boolean pings;
    private long lastReceivedNs;
    private long lastElicitingNs;

    KeepAlive(long idleTimeoutNs, boolean pings) {
        this.idleTimeoutNs = idleTimeoutNs;
        this.pings = pings;
    }

    void begin(long nowNs) {
        lastReceivedNs = nowNs;
        lastElicitingNs = nowNs;
    }

    void onReceived(long nowNs) {
        lastReceivedNs = nowNs;
    }

    void onElicitingSent(long nowNs) {
        lastElicitingNs = nowNs;
    }

    /** Whether a PING should go out though nothing else does. */
    boolean pingDue(long nowNs) {
        return pings && nowNs - lastElicitingNs >= idleTimeoutNs / PINGS_PER_TIMEOUT;
    }

    /** Whether the last PING on a stream is so old that one is worth a byte of any packet. */
    boolean isMeasureTime(long nowNs) {
        return nowNs - lastElicitingNs >= MEASURE_INTERVAL_NS;
    }

    boolean isOver(long nowNs) {
        return nowNs - lastReceivedNs >= idleTimeoutNs;
    }

    long endNs() {
        return lastReceivedNs + idleTimeoutNs;
    }

    long nextPingNs() {
        return pings ? lastElicitingNs + idleTimeoutNs / PINGS_PER_TIMEOUT : Endpoint.NEVER;
    }
}

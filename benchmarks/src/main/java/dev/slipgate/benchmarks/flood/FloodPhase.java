package dev.slipgate.benchmarks.flood;

/**
 * What was seen while something was sent at the gateway.
 *
 * @param sentPerSecond of the baseline's or the flood's datagrams
 * @param readPerSecond all datagrams that the gateway read
 * @param echoed messages of living sessions
 * @param lost those that were not back within a second
 * @param computedPerSecond handshakes that the gateway computed
 * @param newcomers genuine clients that connected meanwhile
 * @param failedNewcomers genuine clients that could not
 * @param slowestNewcomerMs the longest that one took
 * @param liveHeapBytes of the gateway right behind the phase; 0 when unknown
 */
record FloodPhase(
        double sentPerSecond,
        double readPerSecond,
        long echoed,
        long lost,
        double p50Ms,
        double p99Ms,
        double computedPerSecond,
        int newcomers,
        int failedNewcomers,
        double slowestNewcomerMs,
        long liveHeapBytes) {}

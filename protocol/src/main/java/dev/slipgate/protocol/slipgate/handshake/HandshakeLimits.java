package dev.slipgate.protocol.slipgate.handshake;

/**
 * Bounds of what strangers may cost one endpoint. A process with several endpoints shares out its
 * own bounds among them.
 *
 * @param maxHandshakes strangers that are remembered at once, and proven ones whose RESPONSE is
 *     kept
 * @param maxJobs handshakes whose crypto is under way or waits
 * @param computedPerSecond handshakes that are computed per second on average
 * @param computedBurst handshakes that are computed at once
 * @param waitsNs how long keys wait for their first packet
 * @param perHostPerSecond granted to one host on average; 0 for no limit
 * @param burstPerHost granted to one host at once
 * @param maxHosts hosts whose rate is remembered
 * @param cookieThresholdPerSecond new INITs per second above which cookies are asked for
 * @param cookiesPerSecond COOKIE packets per second; each costs two hashes and a datagram
 * @param answersPerSecond REFUSE and RESET packets per second
 */
public record HandshakeLimits(
        int maxHandshakes,
        int maxJobs,
        int computedPerSecond,
        int computedBurst,
        long waitsNs,
        int perHostPerSecond,
        int burstPerHost,
        int maxHosts,
        int cookieThresholdPerSecond,
        int cookiesPerSecond,
        int answersPerSecond) {
    /**
     * @throws IllegalArgumentException when a bound is not 1 or more; a rate per host and a cookie
     *     threshold may be 0
     */
    public HandshakeLimits {
        require("maxHandshakes", maxHandshakes, 1);
        require("maxJobs", maxJobs, 1);
        require("computedPerSecond", computedPerSecond, 1);
        require("computedBurst", computedBurst, 1);
        require("waitsNs", waitsNs, 1);
        require("perHostPerSecond", perHostPerSecond, 0);
        require("burstPerHost", burstPerHost, 1);
        require("maxHosts", maxHosts, 1);
        require("cookieThresholdPerSecond", cookieThresholdPerSecond, 0);
        require("cookiesPerSecond", cookiesPerSecond, 1);
        require("answersPerSecond", answersPerSecond, 1);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not " + least + " or more");
        }
    }

    /** What holds unless configured. */
    public static HandshakeLimits defaults() {
        return new HandshakeLimits(
                8192, 256, 500, 100, 10_000_000_000L, 100, 256, 16 * 1024, 200, 20_000, 1000);
    }

    /** Changes how many handshakes are computed per second, and at once. */
    public HandshakeLimits withComputed(int perSecond, int burst) {
        return copy(maxHandshakes, maxJobs, perSecond, burst, cookieThresholdPerSecond);
    }

    /** Changes how many strangers are remembered, and how many jobs there may be. */
    public HandshakeLimits withMax(int handshakes, int jobs) {
        return copy(handshakes, jobs, computedPerSecond, computedBurst, cookieThresholdPerSecond);
    }

    /** Changes from which rate on cookies are asked for; 0 asks for the first one already. */
    public HandshakeLimits withCookieThreshold(int perSecond) {
        return copy(maxHandshakes, maxJobs, computedPerSecond, computedBurst, perSecond);
    }

    /** Changes what one host may ask for; a rate of 0 lifts the limit. */
    public HandshakeLimits withHostRate(int perSecond, int burst) {
        return new HandshakeLimits(
                maxHandshakes,
                maxJobs,
                computedPerSecond,
                computedBurst,
                waitsNs,
                perSecond,
                burst,
                maxHosts,
                cookieThresholdPerSecond,
                cookiesPerSecond,
                answersPerSecond);
    }

    /** Changes how many answers strangers get per second that have no session. */
    public HandshakeLimits withAnswers(int cookies, int others) {
        return new HandshakeLimits(
                maxHandshakes,
                maxJobs,
                computedPerSecond,
                computedBurst,
                waitsNs,
                perHostPerSecond,
                burstPerHost,
                maxHosts,
                cookieThresholdPerSecond,
                cookies,
                others);
    }

    private HandshakeLimits copy(
            int handshakes, int jobs, int computed, int burst, int cookieThreshold) {
        return new HandshakeLimits(
                handshakes,
                jobs,
                computed,
                burst,
                waitsNs,
                perHostPerSecond,
                burstPerHost,
                maxHosts,
                cookieThreshold,
                cookiesPerSecond,
                answersPerSecond);
    }
}

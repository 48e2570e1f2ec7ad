package dev.slipgate.client;

import java.util.random.RandomGenerator;

/**
 * Whether and when a client connects anew after it lost its connection. The first attempt of all is
 * not repeated: its outcome is told.
 *
 * @param firstDelayMs the longest wait before the first attempt, 1 or more
 * @param maxDelayMs the longest wait of all; it doubles until then
 * @param maxAttempts attempts in a row that may fail, 0 for none: off
 */
public record ReconnectPolicy(long firstDelayMs, long maxDelayMs, int maxAttempts) {
    private static final int MAX_DOUBLINGS = 30;

    public ReconnectPolicy {
        if (firstDelayMs < 1 || maxDelayMs < firstDelayMs || maxAttempts < 0) {
            throw new IllegalArgumentException(
                    "delays of %d to %d ms and %d attempts are no policy"
                            .formatted(firstDelayMs, maxDelayMs, maxAttempts));
        }
    }

    /** A lost connection is the end. */
    public static ReconnectPolicy off() {
        return new ReconnectPolicy(1, 1, 0);
    }

    /** Up to 250 ms, then twice as long each time up to 10 s, without end. */
    public static ReconnectPolicy backoff() {
        return new ReconnectPolicy(250, 10_000, Integer.MAX_VALUE);
    }

    /** Whether there is an attempt with this number, from 1. */
    boolean allows(int attempt) {
        return attempt <= maxAttempts;
    }

    /** Half of the wait is drawn, so that the clients of a lost gateway do not come all at once. */
    long delayMs(int attempt, RandomGenerator random) {
        long longest = Math.min(maxDelayMs, firstDelayMs << Math.min(attempt - 1, MAX_DOUBLINGS));
        return longest - random.nextLong(longest / 2 + 1);
    }
}

package dev.slipgate.protocol.slipgate.handshake;

import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/** Ids of a gateway's sessions: 8 bits of the event loop, 56 that cannot be guessed. Never 0. */
public final class SessionIds {
    /** Event loops that are told apart. */
    public static final int MAX_LOOPS = 256;

    private static final int LOOP_SHIFT = 56;

    private SessionIds() {}

    /** The event loop in an id. */
    public static int loopOf(long sessionId) {
        return (int) (sessionId >>> LOOP_SHIFT);
    }

    /**
     * Draws an id.
     *
     * @param random cryptographically strong
     * @param taken whether an id names another session
     */
    static long draw(RandomGenerator random, int loopIndex, LongPredicate taken) {
        long id;
        do {
            id = (long) loopIndex << LOOP_SHIFT | random.nextLong() >>> (Long.SIZE - LOOP_SHIFT);
        } while (id == 0 || taken.test(id));
        return id;
    }
}

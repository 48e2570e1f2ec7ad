package dev.slipgate.protocol.slipgate.handshake;

import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * Ids of a gateway's sessions: 8 bits of the event loop, 8 of the key that the client knows, 48
 * random ones. Never 0.
 */
public final class SessionIds {
    /** Event loops that are told apart. */
    public static final int MAX_LOOPS = 256;

    private static final int LOOP_SHIFT = 56;
    private static final int KEY_SHIFT = 48;
    private static final long RANDOM_MASK = (1L << KEY_SHIFT) - 1;

    private SessionIds() {}

    /** The event loop in an id. */
    public static int loopOf(long sessionId) {
        return (int) (sessionId >>> LOOP_SHIFT);
    }

    /** Whether the session may have begun under the key of this id. */
    static boolean isUnder(int keyId, long sessionId) {
        return tag(keyId) == (sessionId >>> KEY_SHIFT & 0xff);
    }

    /**
     * Draws an id.
     *
     * @param taken whether an id names another session
     */
    static long draw(RandomGenerator random, int loopIndex, int keyId, LongPredicate taken) {
        long id;
        do {
            long random48 = random.nextLong() & RANDOM_MASK;
            id = (long) loopIndex << LOOP_SHIFT | tag(keyId) << KEY_SHIFT | random48;
        } while (id == 0 || taken.test(id));
        return id;
    }

    private static long tag(int keyId) {
        return keyId & 0xff;
    }
}

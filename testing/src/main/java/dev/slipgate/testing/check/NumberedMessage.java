package dev.slipgate.testing.check;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Test messages that carry their number, and whose every byte follows from seed, number and size.
 */
public final class NumberedMessage {
    /** The number alone. */
    public static final int MIN_BYTES = Long.BYTES;

    private NumberedMessage() {}

    /**
     * A message of {@code sizeBytes}, {@link #MIN_BYTES} or more.
     *
     * @param seed of the run
     */
    public static byte[] of(long number, int sizeBytes, long seed) {
        if (sizeBytes < MIN_BYTES) {
            throw new IllegalArgumentException(sizeBytes + " bytes, least is " + MIN_BYTES);
        }
        byte[] message = new byte[sizeBytes];
        new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L).nextBytes(message);
        ByteBuffer.wrap(message).putLong(0, number);
        return message;
    }

    /** The number in a message, or -1 when it is too short to have one. */
    public static long number(byte[] message) {
        return message.length < MIN_BYTES ? -1 : ByteBuffer.wrap(message).getLong(0);
    }
}

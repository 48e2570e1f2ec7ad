package dev.slipgate.deploy.echo;

import dev.slipgate.testing.check.NumberedMessage;

/**
 * What an echo run sends.
 *
 * @param channel 0 to 255
 * @param sizeBytes of each message
 * @param perSecond messages, 0 for as many as are taken
 * @param count messages in all
 * @param forNs how long it sends
 */
record EchoPlan(int channel, int sizeBytes, int perSecond, long count, long forNs) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SEED = 1;

    /** How many messages should have been sent so long after the beginning. */
    long dueAfter(long elapsedNs) {
        if (perSecond == 0) {
            return count;
        }
        long seconds = elapsedNs / SECOND_NS;
        long due = seconds * perSecond + (elapsedNs % SECOND_NS) * perSecond / SECOND_NS + 1;
        return Math.min(count, due);
    }

    /** The message with this number, from 1. */
    byte[] message(long number) {
        return NumberedMessage.of(number, sizeBytes, SEED);
    }
}

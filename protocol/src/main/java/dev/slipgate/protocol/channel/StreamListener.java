package dev.slipgate.protocol.channel;

import org.jspecify.annotations.Nullable;

/**
 * Hears of kept messages that are kept no longer. Called on the streams' thread, from within its
 * inputs.
 */
public interface StreamListener {
    /**
     * @param delivered true for a delivery ack, false when the end went away first
     * @param tag what was given with the message
     */
    void onSettled(
            int channel, long number, int lengthBytes, @Nullable Object tag, boolean delivered);
}

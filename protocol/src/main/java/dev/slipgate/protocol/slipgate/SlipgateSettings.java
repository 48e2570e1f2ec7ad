package dev.slipgate.protocol.slipgate;

/**
 * Times and bounds of a native session, of either side. Immutable; the {@code with} methods answer
 * a changed copy.
 *
 * @param sendQueueBytes what reliable messages may wait to be sent or acknowledged, each with 64
 *     bytes more than its length
 * @param unreliableQueueBytes the same of unreliable messages that wait to be sent; beyond, the
 *     oldest is dropped
 * @param unreliableStaleNs an unreliable message that has waited so long is dropped instead of sent
 * @param ackDelayNs how long an acknowledgement waits for a packet that goes anyway
 * @param cipherIdleNs ciphers that were not used for so long are let go, to be made anew on demand
 * @param channelPriorities one per channel, 0 (goes first) to 7, as characters of a string; 4 for
 *     channels beyond its end
 */
public record SlipgateSettings(
        int sendQueueBytes,
        int unreliableQueueBytes,
        long unreliableStaleNs,
        long ackDelayNs,
        long cipherIdleNs,
        String channelPriorities) {
    /** The largest message that may be configured. */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /** Priorities of channels: 0 goes first. */
    static final int PRIORITIES = 8;

    private static final int DEFAULT_PRIORITY = 4;
    private static final long MILLISECOND_NS = 1_000_000L;

    public SlipgateSettings {
        requireRange("sendQueueBytes", sendQueueBytes, 1024, Integer.MAX_VALUE);
        requireRange("unreliableQueueBytes", unreliableQueueBytes, 1024, Integer.MAX_VALUE);
        requireRange("unreliableStaleNs", unreliableStaleNs, MILLISECOND_NS, Long.MAX_VALUE / 2);
        requireRange("ackDelayNs", ackDelayNs, 0, 10 * MILLISECOND_NS);
        requireRange("cipherIdleNs", cipherIdleNs, MILLISECOND_NS, Long.MAX_VALUE / 2);
        if (!channelPriorities.matches("[0-7]{0,256}")) {
            throw new IllegalArgumentException(
                    "channelPriorities is " + channelPriorities + ", not at most 256 of 0 to 7");
        }
    }

    private static void requireRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not " + least + " to " + most);
        }
    }

    /** 1 MiB of reliable and 256 KiB of unreliable messages, 500 ms, 10 ms, 5 s, all equal. */
    public static SlipgateSettings defaults() {
        return new SlipgateSettings(
                1024 * 1024,
                256 * 1024,
                500 * MILLISECOND_NS,
                10 * MILLISECOND_NS,
                5_000 * MILLISECOND_NS,
                "");
    }

    public SlipgateSettings withSendQueueBytes(int value) {
        return new SlipgateSettings(
                value,
                unreliableQueueBytes,
                unreliableStaleNs,
                ackDelayNs,
                cipherIdleNs,
                channelPriorities);
    }

    public SlipgateSettings withChannelPriorities(String value) {
        return new SlipgateSettings(
                sendQueueBytes,
                unreliableQueueBytes,
                unreliableStaleNs,
                ackDelayNs,
                cipherIdleNs,
                value);
    }

    /** The priority of a channel, 0 (goes first) to 7. */
    int priorityOf(int channel) {
        return channel < channelPriorities.length()
                ? channelPriorities.charAt(channel) - '0'
                : DEFAULT_PRIORITY;
    }
}

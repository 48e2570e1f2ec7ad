package dev.slipgate.protocol.channel;

/** The one delivery mode of a channel. Its ordinal is on the link's wire. */
public enum Delivery {
    /** Once and in order. */
    ORDERED,
    /** Once, in any order. */
    RELIABLE,
    /** The newest wins: what is older than something already seen is dropped. */
    SEQUENCED,
    /** At most once, in any order. */
    UNRELIABLE;

    private static final Delivery[] VALUES = values();

    /** Whether messages are kept until their delivery ack. */
    public boolean reliable() {
        return this == ORDERED || this == RELIABLE;
    }

    /** The mode with this ordinal, 0 to 3. */
    public static Delivery of(int ordinal) {
        return VALUES[ordinal];
    }

    /**
     * The mode a channel has unless it was declared: 0 ORDERED, 1 RELIABLE, 2 SEQUENCED, 3
     * UNRELIABLE, others ORDERED.
     */
    public static Delivery ofChannel(int channel) {
        return channel >= 0 && channel < VALUES.length ? VALUES[channel] : ORDERED;
    }
}

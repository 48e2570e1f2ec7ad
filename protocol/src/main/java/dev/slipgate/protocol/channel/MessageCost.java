package dev.slipgate.protocol.channel;

/** What a message counts for in every credit and bound, so that tiny ones are not free. */
public final class MessageCost {
    /** Beside its bytes. */
    public static final int OVERHEAD_BYTES = 64;

    private MessageCost() {}

    /** The same at all ends and hops. */
    public static int of(int lengthBytes) {
        return lengthBytes + OVERHEAD_BYTES;
    }
}

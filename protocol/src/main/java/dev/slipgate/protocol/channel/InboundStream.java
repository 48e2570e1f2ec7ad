package dev.slipgate.protocol.channel;

/**
 * One channel at its receiving end: what was received, what was handled, and what is stale.
 * Confined to one thread.
 */
public final class InboundStream {
    private final Delivery delivery;
    private final Positions received = new Positions();
    private final Positions handled = new Positions();
    private long newest;

    InboundStream(Delivery delivery) {
        this.delivery = delivery;
    }

    public Delivery delivery() {
        return delivery;
    }

    /**
     * Whether to take the message with this number: false for a duplicate, for what is out of order
     * on an ORDERED channel and what is stale on a SEQUENCED one. What is taken is received from
     * now on.
     */
    public boolean accept(long number) {
        return switch (delivery) {
            case ORDERED -> number == received.upTo() + 1 && received.add(number);
            case RELIABLE -> received.add(number);
            case SEQUENCED -> {
                boolean newer = number > newest;
                newest = Math.max(newest, number);
                yield newer;
            }
            case UNRELIABLE -> true;
        };
    }

    /**
     * The message with this number is handled; harmless for unreliable channels, which have no
     * position.
     */
    public void handled(long number) {
        if (delivery.reliable()) {
            handled.add(number);
        }
    }

    /** What a delivery ack says. */
    public Positions handled() {
        return handled;
    }

    /** What is in the mailbox, or handled. */
    public Positions received() {
        return received;
    }
}

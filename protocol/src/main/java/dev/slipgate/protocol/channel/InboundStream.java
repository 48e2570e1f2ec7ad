package dev.slipgate.protocol.channel;

import dev.slipgate.protocol.memory.BytePool;

/**
 * One channel at its receiving end: what was received, what was handled, what is stale, and what
 * came too early on an ORDERED channel and waits for its predecessors. Confined to one thread.
 */
public final class InboundStream {
    /** What became of a message that came. */
    public enum Arrival {
        /** To be handed out now; after it {@link #nextEarly} may have more. */
        TAKEN,
        /** Copied: it is handed out when its predecessors have come. */
        HELD,
        /** A duplicate, or older than what a SEQUENCED channel has seen: dropped. */
        STALE,
        /**
         * Dropped, and not received: more than an honest sender within its credit can bring about.
         */
        OVERFLOW
    }

    private static final byte[] NOTHING = {};

    private final Delivery delivery;
    private final BytePool pool;
    private final EarlyBudget budget;
    private final EarlyMessages early = new EarlyMessages();
    private final Positions received = new Positions();
    private final Positions handled = new Positions();
    private long newest;
    private long nextInOrder = 1;
    private long givenUpBelow;

    InboundStream(Delivery delivery, BytePool pool, EarlyBudget budget) {
        this.delivery = delivery;
        this.pool = pool;
        this.budget = budget;
    }

    public Delivery delivery() {
        return delivery;
    }

    /**
     * A message came. Unless it is dropped it is received from now on; if it is early, it is copied
     * into an array of the pool.
     */
    public Arrival arrive(long number, byte[] bytes, int offset, int length) {
        return switch (delivery) {
            case ORDERED -> arriveInOrder(number, bytes, offset, length);
            case RELIABLE -> received.add(number) ? Arrival.TAKEN : refused(number);
            case SEQUENCED -> isNewest(number) ? Arrival.TAKEN : Arrival.STALE;
            case UNRELIABLE -> Arrival.TAKEN;
        };
    }

    private Arrival arriveInOrder(long number, byte[] bytes, int offset, int length) {
        if (number == nextInOrder) {
            received.add(number);
            nextInOrder++;
            return Arrival.TAKEN;
        }
        if (number < nextInOrder || received.contains(number)) {
            return Arrival.STALE;
        }
        int cost = MessageCost.of(length);
        if (!budget.tryUse(cost)) {
            return Arrival.OVERFLOW;
        }
        if (!received.add(number)) {
            budget.giveBack(cost);
            return Arrival.OVERFLOW;
        }
        byte[] copy = pool.take(length);
        System.arraycopy(bytes, offset, copy, 0, length);
        early.add(number, copy, length);
        return Arrival.HELD;
    }

    private Arrival refused(long number) {
        return received.contains(number) ? Arrival.STALE : Arrival.OVERFLOW;
    }

    private boolean isNewest(long number) {
        boolean newer = number > newest;
        newest = Math.max(newest, number);
        return newer;
    }

    /**
     * Whether to take the message with this number where nothing is held: false for a duplicate,
     * for what is out of order on an ORDERED channel and what is stale on a SEQUENCED one. What is
     * taken is received from now on.
     */
    public boolean accept(long number) {
        boolean outOfOrder = delivery == Delivery.ORDERED && number != nextInOrder;
        return !outOfOrder && arrive(number, NOTHING, 0, 0) == Arrival.TAKEN;
    }

    /** The number of a held message whose turn it is; 0 when there is none. */
    public long nextEarly() {
        long first = early.firstNumber();
        return first == nextInOrder || first < givenUpBelow ? first : 0;
    }

    /** The length of the message that {@link #nextEarly} names. */
    public int nextEarlyLength() {
        return early.firstLength();
    }

    /**
     * Hands out the message that {@link #nextEarly} names; its array is the caller's to give back.
     */
    public byte[] takeEarly() {
        nextInOrder = early.firstNumber() + 1;
        budget.giveBack(MessageCost.of(early.firstLength()));
        byte[] bytes = early.removeFirst();
        passGivenUp();
        return bytes;
    }

    /**
     * The sender keeps nothing below this number any more: what has not come of it never will, and
     * counts as received and handled. What was early may be due now.
     *
     * @param firstKept the lowest number that the sender still keeps
     * @return how many numbers were given up
     */
    public long giveUpBelow(long firstKept) {
        if (!delivery.reliable() || received.upTo() >= firstKept - 1) {
            return 0;
        }
        long missing = 0;
        long from = received.upTo() + 1;
        for (int i = 0; i < received.rangeCount() && received.rangeFrom(i) < firstKept; i++) {
            missing += giveUp(from, received.rangeFrom(i) - 1);
            from = received.rangeTo(i) + 1;
        }
        missing += giveUp(from, firstKept - 1);
        received.addRange(1, firstKept - 1);
        givenUpBelow = firstKept;
        passGivenUp();
        return missing;
    }

    private long giveUp(long from, long to) {
        if (from > to) {
            return 0;
        }
        handled.addRange(from, to);
        return to - from + 1;
    }

    private void passGivenUp() {
        long first = early.firstNumber();
        if (first == 0 || first >= givenUpBelow) {
            nextInOrder = Math.max(nextInOrder, givenUpBelow);
        }
    }

    /**
     * The sender goes on from this number, or below it when it has forgotten what it had sent: from
     * there on a SEQUENCED channel takes again.
     */
    public void sendsFrom(long next) {
        newest = Math.min(newest, next - 1);
    }

    /**
     * The message with this number is handled; false when it was already, and for unreliable
     * channels, which have no position.
     */
    public boolean handled(long number) {
        return delivery.reliable() && handled.add(number);
    }

    /** What a delivery ack says. */
    public Positions handled() {
        return handled;
    }

    /** What is held here, in the mailbox, or handled. */
    public Positions received() {
        return received;
    }

    /** Gives up what is held: the end goes away. */
    void release() {
        while (early.firstNumber() != 0) {
            budget.giveBack(MessageCost.of(early.firstLength()));
            pool.give(early.removeFirst());
        }
    }
}

package dev.slipgate.protocol.channel;

import dev.slipgate.protocol.memory.BytePool;
import org.jspecify.annotations.Nullable;

/**
 * One channel at its sending end: numbers messages, and keeps the reliable ones until their
 * delivery ack. Kept messages lie in a ring indexed by their number; a cursor says which is to be
 * sent next. Confined to one thread.
 */
public final class OutboundStream {
    /**
     * Numbers between the lowest that is kept and the next, at most: a receiver that acknowledges
     * all but one message would else make the ring grow for ever.
     */
    public static final int MAX_SPAN = 1 << 17;

    private static final int MIN_RING = 8;

    private final int channel;
    private final Delivery delivery;
    private final BytePool pool;
    private final StreamListener listener;

    private byte[] @Nullable [] kept = new byte[MIN_RING][];
    private int[] lengths = new int[MIN_RING];
    private @Nullable Object[] tags = new Object[MIN_RING];
    private long firstKept = 1;
    private long nextNumber = 1;
    private long nextToSend = 1;
    private long keptBytes;
    private int keptMessages;
    private @Nullable Positions notToSend;

    OutboundStream(int channel, Delivery delivery, BytePool pool, StreamListener listener) {
        this.channel = channel;
        this.delivery = delivery;
        this.pool = pool;
        this.listener = listener;
    }

    public int channel() {
        return channel;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** Takes the next number for a message that nobody keeps. */
    public long number() {
        if (delivery.reliable()) {
            throw new IllegalStateException("a message of a reliable channel is kept");
        }
        return nextNumber++;
    }

    /** Whether another message may be kept: false at {@link #MAX_SPAN}. */
    public boolean hasRoom() {
        return nextNumber - firstKept < MAX_SPAN;
    }

    /** Copies a message into an array of the pool, numbers and keeps it; there must be room. */
    public long keepCopy(byte[] bytes, int offset, int length, @Nullable Object tag) {
        byte[] copy = pool.take(length);
        System.arraycopy(bytes, offset, copy, 0, length);
        return keep(copy, length, tag);
    }

    /**
     * Numbers and keeps a message; there must be {@linkplain #hasRoom room}.
     *
     * @param owned the message from offset 0; from now on the stream's, which gives it to the pool
     *     in the end
     * @param tag given to the listener when the message settles
     */
    public long keep(byte[] owned, int length, @Nullable Object tag) {
        if (nextNumber - firstKept == kept.length) {
            grow();
        }
        int slot = slot(nextNumber);
        kept[slot] = owned;
        lengths[slot] = length;
        tags[slot] = tag;
        keptBytes += length;
        keptMessages++;
        return nextNumber++;
    }

    /** The lowest number that is still kept; {@link #next} when none is. */
    public long firstKept() {
        return firstKept;
    }

    /** The number of the next message. */
    public long next() {
        return nextNumber;
    }

    /** The number of the next kept message to be sent, or 0 when all are sent. */
    public long nextToSend() {
        // A peer may have handled what a former session brought it; below, slots are another's.
        nextToSend = Math.max(nextToSend, firstKept);
        while (nextToSend < nextNumber && !isToBeSent(nextToSend)) {
            nextToSend++;
        }
        if (nextToSend == nextNumber) {
            notToSend = null; // it says nothing about what is numbered from here on
            return 0;
        }
        return nextToSend;
    }

    private boolean isToBeSent(long number) {
        boolean there = notToSend != null && notToSend.contains(number);
        return !there && kept[slot(number)] != null; // null: acknowledged meanwhile
    }

    /**
     * The ends meet anew: everything that is kept is to be sent again, from the lowest number,
     * except for what the other end has received.
     *
     * @param receivedThere copied
     */
    public void rewind(Positions receivedThere) {
        nextToSend = firstKept;
        notToSend = receivedThere.copy();
    }

    /** The message with this number was sent; the cursor moves on. */
    public void sent(long number) {
        nextToSend = number + 1;
    }

    /** The bytes of a kept message, from offset 0; null when it is not kept any more. */
    public byte @Nullable [] bytes(long number) {
        return number >= firstKept && number < nextNumber ? kept[slot(number)] : null;
    }

    /** The length of a kept message. */
    public int length(long number) {
        return lengths[slot(number)];
    }

    /**
     * A delivery ack of everything up to and with {@code upTo}. What was never numbered is ignored.
     */
    public void acknowledgeUpTo(long upTo) {
        acknowledge(firstKept, Math.min(upTo, nextNumber - 1));
    }

    /** A delivery ack of a range. What is not kept is ignored. */
    public void acknowledge(long from, long to) {
        long last = Math.min(to, nextNumber - 1);
        for (long number = Math.max(from, firstKept); number <= last; number++) {
            settle(number, true);
        }
        while (firstKept < nextNumber && kept[slot(firstKept)] == null) {
            firstKept++;
        }
    }

    /** A delivery ack of all these. What is not kept is ignored. */
    public void acknowledge(Positions handled) {
        acknowledgeUpTo(handled.upTo());
        for (int i = 0; i < handled.rangeCount(); i++) {
            acknowledge(handled.rangeFrom(i), handled.rangeTo(i));
        }
    }

    /** Gives up everything that is kept: the end goes away. */
    void release() {
        for (long number = firstKept; number < nextNumber; number++) {
            settle(number, false);
        }
        firstKept = nextNumber;
        nextToSend = nextNumber;
    }

    public long keptBytes() {
        return keptBytes;
    }

    public int keptMessages() {
        return keptMessages;
    }

    private void settle(long number, boolean delivered) {
        int slot = slot(number);
        byte[] bytes = kept[slot];
        if (bytes == null) {
            return;
        }
        Object tag = tags[slot];
        kept[slot] = null;
        tags[slot] = null;
        keptBytes -= lengths[slot];
        keptMessages--;
        pool.give(bytes);
        listener.onSettled(channel, number, lengths[slot], tag, delivered);
    }

    private int slot(long number) {
        return (int) number & kept.length - 1;
    }

    private void grow() {
        int oldLength = kept.length;
        byte[] @Nullable [] oldKept = kept;
        int[] oldLengths = lengths;
        @Nullable Object[] oldTags = tags;
        kept = new byte[oldLength * 2][];
        lengths = new int[oldLength * 2];
        tags = new Object[oldLength * 2];
        for (long number = firstKept; number < nextNumber; number++) {
            int from = (int) number & oldLength - 1;
            kept[slot(number)] = oldKept[from];
            lengths[slot(number)] = oldLengths[from];
            tags[slot(number)] = oldTags[from];
        }
    }
}

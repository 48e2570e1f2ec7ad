package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.Nullable;

/**
 * The outgoing message numbers from the oldest that is not acknowledged on. The original's receiver
 * tells duplicates only among the newest 256 numbers, so a retry must lie within them: no number is
 * given out that would be more than 254 ahead of the oldest one kept.
 */
final class PartWindow {
    /** Numbers that may be out at once. */
    static final int SPAN = 255;

    private static final int INITIAL_SLOTS = 8;

    private @Nullable OutPart[] slots = new OutPart[INITIAL_SLOTS];
    private int oldest;
    private int next;

    /**
     * @param firstNumber the first to give out
     */
    PartWindow(int firstNumber) {
        this.oldest = firstNumber;
        this.next = firstNumber;
    }

    /** Whether a number may be given out. */
    boolean open() {
        return RingNumber.diff(next, oldest) < SPAN;
    }

    /** Gives a number out to something that is not kept. */
    int assign() {
        int number = next;
        next = RingNumber.next(number);
        skipDone();
        return number;
    }

    /** Gives a number out to a part, and keeps the part until {@link #remove}. */
    int assign(OutPart part) {
        int number = next;
        while (RingNumber.diff(number, oldest) + 1 >= slots.length) {
            grow();
        }
        slots[number & (slots.length - 1)] = part;
        part.number = number;
        next = RingNumber.next(number);
        return number;
    }

    /** The part with this number, or null when it is done. */
    @Nullable OutPart find(int number) {
        if (RingNumber.diff(number, oldest) < 0 || RingNumber.diff(number, next) >= 0) {
            return null;
        }
        OutPart part = slots[number & (slots.length - 1)];
        return part != null && part.number == number ? part : null;
    }

    /** The part is acknowledged or given up. */
    void remove(OutPart part) {
        slots[part.number & (slots.length - 1)] = null;
        part.number = 0;
        skipDone();
    }

    /** Numbers from the oldest kept to the newest given out. */
    int outstanding() {
        return RingNumber.diff(next, oldest);
    }

    private void skipDone() {
        while (oldest != next && slots[oldest & slots.length - 1] == null) {
            oldest = RingNumber.next(oldest);
        }
    }

    private void grow() {
        @Nullable OutPart[] old = slots;
        slots = new OutPart[old.length * 2];
        for (OutPart part : old) {
            if (part != null) {
                slots[part.number & (slots.length - 1)] = part;
            }
        }
    }
}

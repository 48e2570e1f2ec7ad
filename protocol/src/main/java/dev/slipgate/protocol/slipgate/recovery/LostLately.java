package dev.slipgate.protocol.slipgate.recovery;

/**
 * The packets that were last declared lost, at most {@link #MAX}, so that one which was only late
 * is noticed when its ACK comes. Takes memory from the first loss on.
 */
final class LostLately {
    static final int MAX = 64;

    private static final long TAKEN = -1;
    private static final long[] NONE_YET = new long[0];

    private long[] numbers = NONE_YET;
    private long[] lostAtNs = NONE_YET;
    private int oldest;
    private int size;

    /** Remembers a packet; beyond {@link #MAX} the oldest is forgotten. */
    void add(long number, long nowNs) {
        if (numbers.length == 0) {
            numbers = new long[MAX];
            lostAtNs = new long[MAX];
        }
        if (size == MAX) {
            forgetOldest();
        }
        int slot = (oldest + size) % MAX;
        numbers[slot] = number;
        lostAtNs[slot] = nowNs;
        size++;
    }

    /** Takes out what was lost before {@code sinceNs}, then what {@code acked} holds. */
    int takeAcked(AckRanges acked, long sinceNs) {
        while (size > 0 && (lostAtNs[oldest] < sinceNs || numbers[oldest] == TAKEN)) {
            forgetOldest();
        }
        int taken = 0;
        for (int i = 0; i < size; i++) {
            int slot = (oldest + i) % MAX;
            if (numbers[slot] != TAKEN && acked.contains(numbers[slot])) {
                numbers[slot] = TAKEN;
                taken++;
            }
        }
        return taken;
    }

    private void forgetOldest() {
        oldest = (oldest + 1) % MAX;
        size--;
    }
}

package dev.slipgate.protocol.slipgate.recovery;

/**
 * What one ACK frame acknowledges: ranges of packet numbers, the newest first, with at least one
 * number missing between two. Scratch, filled by whoever reads the frame; one per thread will do.
 */
public final class AckRanges {
    /** Most ranges of a frame: the first, and as many again as the wire allows behind it. */
    public static final int MAX = 1 + ReceivedPackets.MAX_RANGES;

    private final long[] low = new long[MAX];
    private final long[] high = new long[MAX];
    private int count;

    /** Empties it for the next frame. */
    public void clear() {
        count = 0;
    }

    /**
     * Adds the next older range, {@code lowest} to {@code highest}.
     *
     * @return false when the frame is broken: numbers below 0, a range that is upside down, that
     *     touches the one before it, or one too many
     */
    public boolean tryAdd(long lowest, long highest) {
        boolean fits = count < MAX && lowest >= 0 && lowest <= highest;
        if (!fits || (count > 0 && highest >= low[count - 1] - 1)) {
            return false;
        }
        low[count] = lowest;
        high[count] = highest;
        count++;
        return true;
    }

    /** Ranges, 0 to {@link #MAX}. */
    public int count() {
        return count;
    }

    /** The lowest number of a range; range 0 is the newest. */
    public long low(int range) {
        return low[range];
    }

    /** The highest number of a range; range 0 is the newest. */
    public long high(int range) {
        return high[range];
    }

    /** The largest number acknowledged; there must be a range. */
    public long largest() {
        return high[0];
    }

    /** Whether the number is acknowledged. */
    public boolean contains(long number) {
        for (int i = 0; i < count; i++) {
            if (number >= low[i]) {
                return number <= high[i];
            }
        }
        return false;
    }
}

package dev.slipgate.protocol.channel;

import java.util.Arrays;

/**
 * Which numbers of a reliable channel have come this far: all up to {@link #upTo}, and bounded
 * ranges above it. Numbers start at 1. Confined to one thread.
 */
public final class Positions {
    /**
     * Ranges above {@link #upTo} that are remembered; a number that would need one more is not
     * taken. Far above what is out at once: a client may have many small messages while as many
     * large ones between them still travel, and a number that is forgotten here is never told.
     */
    public static final int MAX_RANGES = 16 * 1024;

    private static final long[] NO_RANGES = {};

    private long upTo;
    private long[] ranges = NO_RANGES; // from, to, from, to, … ascending, with gaps between
    private int rangeCount;

    /** An independent copy. */
    public Positions copy() {
        var copy = new Positions();
        copy.upTo = upTo;
        copy.ranges = ranges.clone();
        copy.rangeCount = rangeCount;
        return copy;
    }

    /** Every number up to and with this one is in; 0 when none. */
    public long upTo() {
        return upTo;
    }

    /** Ranges above {@link #upTo}. */
    public int rangeCount() {
        return rangeCount;
    }

    public long rangeFrom(int index) {
        return ranges[2 * index];
    }

    /** The last number of the range, itself in. */
    public long rangeTo(int index) {
        return ranges[2 * index + 1];
    }

    public boolean contains(long number) {
        if (number <= upTo) {
            return true;
        }
        for (int i = 0; i < rangeCount; i++) {
            if (number <= ranges[2 * i + 1]) {
                return number >= ranges[2 * i];
            }
        }
        return false;
    }

    /** Adds a number; false when it was in already, or when it would need a range too many. */
    public boolean add(long number) {
        if (number == upTo + 1) {
            upTo = number;
            absorbFirstRange();
            return true;
        }
        return number > upTo && addAbove(number);
    }

    private void absorbFirstRange() {
        if (rangeCount > 0 && ranges[0] == upTo + 1) {
            upTo = ranges[1];
            removeRange(0);
        }
    }

    private boolean addAbove(long number) {
        int i = 0;
        while (i < rangeCount && ranges[2 * i + 1] + 1 < number) {
            i++;
        }
        if (i < rangeCount && number >= ranges[2 * i] && number <= ranges[2 * i + 1]) {
            return false;
        }
        if (i < rangeCount && ranges[2 * i + 1] + 1 == number) {
            ranges[2 * i + 1] = number;
            joinWithNext(i);
            return true;
        }
        if (i < rangeCount && ranges[2 * i] - 1 == number) {
            ranges[2 * i] = number;
            return true;
        }
        return insertRange(i, number);
    }

    private void joinWithNext(int i) {
        if (i + 1 < rangeCount && ranges[2 * i + 2] == ranges[2 * i + 1] + 1) {
            ranges[2 * i + 1] = ranges[2 * i + 3];
            removeRange(i + 1);
        }
    }

    private boolean insertRange(int at, long number) {
        if (rangeCount == MAX_RANGES) {
            return false;
        }
        if (2 * rangeCount == ranges.length) {
            ranges = Arrays.copyOf(ranges, Math.max(8, ranges.length * 2));
        }
        System.arraycopy(ranges, 2 * at, ranges, 2 * at + 2, 2 * (rangeCount - at));
        ranges[2 * at] = number;
        ranges[2 * at + 1] = number;
        rangeCount++;
        return true;
    }

    private void removeRange(int at) {
        System.arraycopy(ranges, 2 * at + 2, ranges, 2 * at, 2 * (rangeCount - at - 1));
        rangeCount--;
    }
}

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

    /** Makes it all numbers up to and with {@code newUpTo}, and no others; 0 for none at all. */
    public void reset(long newUpTo) {
        upTo = newUpTo;
        rangeCount = 0;
    }

    /**
     * Adds a range above all others.
     *
     * @param from at least two above the highest number that is in
     * @param to the last number, itself in
     * @return false, and nothing changed, when it would be a range too many
     * @throws IllegalArgumentException when the range touches what is in, or is upside down
     */
    public boolean append(long from, long to) {
        long highest = rangeCount == 0 ? upTo : ranges[2 * rangeCount - 1];
        if (from < highest + 2 || to < from) {
            throw new IllegalArgumentException(from + " to " + to + " above " + highest);
        }
        if (!insertRange(rangeCount, from)) {
            return false;
        }
        ranges[2 * rangeCount - 1] = to;
        return true;
    }

    /** Makes it what {@code other} is, with at most {@code maxRanges} of its lowest ranges. */
    public void copyFrom(Positions other, int maxRanges) {
        upTo = other.upTo;
        rangeCount = Math.min(other.rangeCount, maxRanges);
        if (ranges.length < 2 * rangeCount) {
            ranges = new long[2 * rangeCount];
        }
        System.arraycopy(other.ranges, 0, ranges, 0, 2 * rangeCount);
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
        int i = reaching(number);
        return i < rangeCount && number >= ranges[2 * i] && number <= ranges[2 * i + 1];
    }

    /** Adds a number; false when it was in already, or when it would need a range too many. */
    public boolean add(long number) {
        if (number == upTo + 1 && rangeCount == 0) {
            upTo = number;
            return true;
        }
        return !contains(number) && addRange(number, number);
    }

    /**
     * Adds all numbers from {@code from} to {@code to}, whichever of them are in already; false,
     * and nothing changed, when it would need a range too many.
     */
    public boolean addRange(long from, long to) {
        if (from <= upTo + 1) {
            upTo = Math.max(upTo, to);
            absorb();
            return true;
        }
        int first = reaching(from);
        int end = first;
        while (end < rangeCount && ranges[2 * end] <= to + 1) {
            end++;
        }
        if (first == end) {
            if (!insertRange(first, from)) {
                return false;
            }
            ranges[2 * first + 1] = to;
            return true;
        }
        ranges[2 * first] = Math.min(from, ranges[2 * first]);
        ranges[2 * first + 1] = Math.max(to, ranges[2 * end - 1]);
        removeRanges(first + 1, end);
        return true;
    }

    /** Adds what is in another; ranges that would be too many are left out. */
    public void addAll(Positions other) {
        if (other.upTo > upTo) {
            addRange(1, other.upTo);
        }
        for (int i = 0; i < other.rangeCount; i++) {
            addRange(other.ranges[2 * i], other.ranges[2 * i + 1]);
        }
    }

    /** Ranges that {@link #upTo} has reached become part of it. */
    private void absorb() {
        int absorbed = 0;
        while (absorbed < rangeCount && ranges[2 * absorbed] <= upTo + 1) {
            upTo = Math.max(upTo, ranges[2 * absorbed + 1]);
            absorbed++;
        }
        removeRanges(0, absorbed);
    }

    /** The first range that ends at the number, directly before it, or later. */
    private int reaching(long number) {
        int low = 0;
        int high = rangeCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[2 * middle + 1] + 1 < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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

    private void removeRanges(int from, int end) {
        if (from < end) {
            System.arraycopy(ranges, 2 * end, ranges, 2 * from, 2 * (rangeCount - end));
            rangeCount -= end - from;
        }
    }
}

package dev.slipgate.protocol.slipgate;

import java.util.Arrays;

/**
 * Which bytes of something that comes in pieces are here, as ranges. Pieces may come in any order
 * and again, but never overlap in part.
 */
final class ByteRanges {
    /** What {@link #add} answers. */
    enum Outcome {
        /** These bytes were missing. */
        NEW,
        /** All of these are here already. */
        DUPLICATE,
        /** Some are here and some are not, or there are too many ranges. */
        BROKEN
    }

    /** Far above what full packets of the largest message make; a hostile peer's bound. */
    private static final int MAX_RANGES = 8192;

    private int[] from = new int[4];
    private int[] to = new int[4];
    private int count;

    void clear() {
        count = 0;
    }

    Outcome add(int begin, int length) {
        int end = begin + length;
        int at = firstEndingFrom(begin);
        if (at < count && to[at] == begin) {
            return extend(at, end);
        }
        if (at < count && from[at] < end) {
            return from[at] <= begin && end <= to[at] ? Outcome.DUPLICATE : Outcome.BROKEN;
        }
        if (at < count && from[at] == end) {
            from[at] = begin;
            return Outcome.NEW;
        }
        return insert(at, begin, end);
    }

    /** The first range that ends at this offset or above. */
    private int firstEndingFrom(int offset) {
        if (count == 0 || to[count - 1] < offset) {
            return count;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Outcome extend(int at, int end) {
        int next = at + 1;
        if (next < count && from[next] < end) {
            // Right behind one range and into the next: no piece that was sent lies so, unless it
            // is the next range's own.
            return Outcome.BROKEN;
        }
        to[at] = end;
        if (next < count && from[next] == end) {
            to[at] = to[next];
            remove(next);
        }
        return Outcome.NEW;
    }

    private Outcome insert(int at, int begin, int end) {
        if (count == MAX_RANGES) {
            return Outcome.BROKEN;
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        System.arraycopy(from, at, from, at + 1, count - at);
        System.arraycopy(to, at, to, at + 1, count - at);
        from[at] = begin;
        to[at] = end;
        count++;
        return Outcome.NEW;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(from, at + 1, from, at, count - at);
        System.arraycopy(to, at + 1, to, at, count - at);
    }

    /** Whether everything up to {@code length} is here. */
    boolean covers(int length) {
        return length == 0 || (count == 1 && from[0] == 0 && to[0] >= length);
    }
}

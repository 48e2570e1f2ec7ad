package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.Nullable;

/**
 * Which message numbers of the peer were seen, as far back as the ring can tell old from new: half
 * of it. So a retry is always recognised, and a first arrival is taken however late it comes. The
 * bitmap is 4 KiB when whole; it is made in pieces of 1024 numbers as they are met.
 */
final class MessageDedupe {
    private static final int HALF_RING = 32768;
    private static final int CHUNK_SHIFT = 10;
    private static final int WORDS_PER_CHUNK = (1 << CHUNK_SHIFT) / 64;

    private final long @Nullable [][] chunks = new long[HALF_RING >> CHUNK_SHIFT][];
    private int highest;

    /** Whether the number was seen. */
    boolean contains(int number) {
        if (highest == 0) {
            return false;
        }
        int behind = RingNumber.diff(highest, number);
        if (behind < 0) {
            return false;
        }
        if (behind >= HALF_RING - 1) {
            return true;
        }
        long[] chunk = chunks[chunkOf(number)];
        return chunk != null && (chunk[wordOf(number)] & 1L << number) != 0;
    }

    /** Records the number; false when it was seen already. */
    boolean insert(int number) {
        if (contains(number)) {
            return false;
        }
        if (highest == 0) {
            highest = number;
        }
        int ahead = RingNumber.diff(number, highest);
        if (ahead > 0) {
            forgetSkipped(ahead);
            highest = number;
        }
        long[] chunk = chunks[chunkOf(number)];
        if (chunk == null) {
            chunk = new long[WORDS_PER_CHUNK];
            chunks[chunkOf(number)] = chunk;
        }
        chunk[wordOf(number)] |= 1L << number;
        return true;
    }

    /** The highest number seen, 0 when none was. */
    int highest() {
        return highest;
    }

    /** Numbers that are skipped now had meant others, half a ring ago. */
    private void forgetSkipped(int ahead) {
        int left = ahead - 1;
        int skipped = RingNumber.next(highest);
        while (left > 0) {
            boolean wholeWord = (skipped & 63) == 0 && left >= 64 && skipped + 64 <= RingNumber.MAX;
            long[] chunk = chunks[chunkOf(skipped)];
            if (chunk != null) {
                chunk[wordOf(skipped)] &= wholeWord ? 0 : ~(1L << skipped);
            }
            left -= wholeWord ? 64 : 1;
            skipped = wholeWord ? skipped + 64 : RingNumber.next(skipped);
        }
    }

    private static int chunkOf(int number) {
        return (number & (HALF_RING - 1)) >> CHUNK_SHIFT;
    }

    private static int wordOf(int number) {
        return (number >> 6) & (WORDS_PER_CHUNK - 1);
    }
}

package dev.slipgate.protocol.slipgate.packet;

import dev.slipgate.protocol.DropReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which packets of the peer have opened: the highest number and the 2047 before it. Checked before
 * a packet is opened, recorded after its tag held. Confined to one thread.
 *
 * <p>It begins as one long for the newest 64 numbers, and stays that as long as nothing older is
 * missing; the first gap that grows that old costs an array of 256 bytes, for good. 50,000 sessions
 * that lose nothing have none.
 */
public final class ReplayWindow {
    /** Numbers that are told apart: the highest, and those before it. */
    public static final int SIZE = 2048;

    private static final int POSITION_MASK = SIZE - 1;

    private long highest = PacketNumbers.NONE;

    /** Bit i stands for {@code highest - i}; everything older was seen. Unused once wide. */
    private long recent;

    /** Bit {@code number % SIZE} stands for the number, of those in the window. */
    private long @Nullable [] wide;

    /** The highest number recorded, or {@link PacketNumbers#NONE}. */
    public long highest() {
        return highest;
    }

    /** Null when the packet is new, or why it is not. Changes nothing. */
    public @Nullable DropReason check(long number) {
        if (number > highest) {
            return null;
        }
        if (number <= highest - SIZE) {
            return DropReason.STALE_PACKET;
        }
        return isSeen(number) ? DropReason.REPLAYED_PACKET : null;
    }

    /** Records a packet for which {@link #check} answered null, once it has opened. */
    public void record(long number) {
        if (wide == null && !tryRecordRecent(number)) {
            widen();
        }
        if (wide != null) {
            recordWide(wide, number);
        }
        highest = Math.max(highest, number);
    }

    private boolean isSeen(long number) {
        if (wide != null) {
            return (wide[word(number)] & (1L << number)) != 0;
        }
        long behind = highest - number;
        return behind >= Long.SIZE || (recent & (1L << behind)) != 0;
    }

    /** False when a missing number would leave the one long. */
    private boolean tryRecordRecent(long number) {
        long ahead = number - highest;
        if (ahead <= 0) {
            recent |= 1L << -ahead;
            return true;
        }
        // Before the first packet the numbers below 0 count as seen: 64 bits of ones.
        long before = highest == PacketNumbers.NONE ? -1 : recent;
        boolean leavesOnlySeen =
                ahead < Long.SIZE && before >>> (Long.SIZE - ahead) == (1L << ahead) - 1;
        if (leavesOnlySeen) {
            recent = (before << ahead) | 1;
        }
        return leavesOnlySeen;
    }

    private void widen() {
        var bits = new long[SIZE / Long.SIZE];
        Arrays.fill(bits, -1);
        for (int i = 0; i < Long.SIZE; i++) {
            long number = highest - i;
            if (number >= 0 && (recent & (1L << i)) == 0) {
                bits[word(number)] &= ~(1L << number);
            }
        }
        wide = bits;
    }

    private void recordWide(long[] bits, long number) {
        if (number - highest >= SIZE) {
            Arrays.fill(bits, 0);
        } else {
            clear(bits, highest + 1, number);
        }
        bits[word(number)] |= 1L << number;
    }

    /** Forgets the numbers that give way to {@code from} to {@code to}; nothing when none do. */
    private static void clear(long[] bits, long from, long to) {
        for (long at = from; at <= to; ) {
            long last = Math.min(at | (Long.SIZE - 1), to);
            bits[word(at)] &= ~((-1L << at) & (-1L >>> (-1 - last)));
            at = last + 1;
        }
    }

    private static int word(long number) {
        return (int) (number & POSITION_MASK) / Long.SIZE;
    }
}

package dev.slipgate.protocol.slipgate.frame;

import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.slipgate.packet.Varint;
import org.jspecify.annotations.Nullable;

/** Positions as bytes: {@code up to}, {@code ranges}, then per range upwards gap and length. */
final class PositionsWire {
    static final int NO_ROOM = -1;

    private PositionsWire() {}

    /**
     * Writes as many of the lowest ranges as the wire allows and as fit before {@code limit}; what
     * is left out, a later frame will tell.
     *
     * @return the offset behind it, or {@link #NO_ROOM} when not even {@code up to} fits
     */
    static int write(byte[] out, int offset, int limit, Positions positions) {
        int ranges = Math.min(positions.rangeCount(), FrameKind.MAX_POSITION_RANGES);
        int room = limit - offset - Varint.length(positions.upTo()) - Varint.length(ranges);
        if (room < 0) {
            return NO_ROOM;
        }
        ranges = fitting(positions, ranges, room);
        int at = Varint.write(out, offset, positions.upTo());
        at = Varint.write(out, at, ranges);
        for (int i = 0; i < ranges; i++) {
            at = Varint.write(out, at, gap(positions, i));
            at = Varint.write(out, at, length(positions, i));
        }
        return at;
    }

    private static int fitting(Positions positions, int ranges, int roomBytes) {
        int left = roomBytes;
        for (int i = 0; i < ranges; i++) {
            left -= Varint.length(gap(positions, i)) + Varint.length(length(positions, i));
            if (left < 0) {
                return i;
            }
        }
        return ranges;
    }

    private static long gap(Positions positions, int range) {
        long before = range == 0 ? positions.upTo() : positions.rangeTo(range - 1);
        return positions.rangeFrom(range) - before - 1;
    }

    private static long length(Positions positions, int range) {
        return positions.rangeTo(range) - positions.rangeFrom(range) + 1;
    }

    /**
     * Reads and checks; what is wrong breaks the cursor.
     *
     * @param into what to fill, or null only to check
     */
    static void read(FieldCursor in, @Nullable Positions into) {
        long highest = in.varint();
        int ranges = in.varint(FrameKind.MAX_POSITION_RANGES);
        if (into != null) {
            into.reset(highest);
        }
        for (int i = 0; i < ranges && !in.broken(); i++) {
            long gap = in.varintFrom(1);
            long length = in.varintFrom(1);
            // The sum cannot overflow: it is of three numbers below 2^62, one taken to the other
            // side.
            if (in.broken() || highest + gap > Varint.MAX - length) {
                in.fail();
                return;
            }
            long from = highest + gap + 1;
            highest += gap + length;
            if (into != null) {
                into.append(from, highest);
            }
        }
    }
}

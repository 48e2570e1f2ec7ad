package dev.slipgate.protocol.slipgate.packet;

import dev.slipgate.protocol.memory.BigEndian;

/**
 * The variable-length integer of RFC 9000, section 16: 0 to 2^62 - 1 in 1, 2, 4 or 8 bytes. Written
 * in the shortest form; read in any.
 */
public final class Varint {
    /** The largest value: 2^62 - 1. */
    public static final long MAX = (1L << 62) - 1;

    /** Bytes of the longest form. */
    public static final int MAX_BYTES = 8;

    /** What {@link #read} answers when the bytes end before the integer does. */
    public static final long TRUNCATED = -1;

    private static final int MAX_IN_1 = (1 << 6) - 1;
    private static final int MAX_IN_2 = (1 << 14) - 1;
    private static final int MAX_IN_4 = (1 << 30) - 1;

    private Varint() {}

    /**
     * Bytes that {@code value} takes: 1, 2, 4 or 8.
     *
     * @throws IllegalArgumentException when it is negative or above {@link #MAX}
     */
    public static int length(long value) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException(value + " is outside 0 to " + MAX);
        }
        if (value <= MAX_IN_1) {
            return 1;
        }
        if (value <= MAX_IN_2) {
            return 2;
        }
        return value <= MAX_IN_4 ? 4 : 8;
    }

    /**
     * Writes {@code value} in its shortest form.
     *
     * @return the offset behind it
     * @throws IllegalArgumentException when it is negative or above {@link #MAX}
     */
    public static int write(byte[] out, int offset, long value) {
        int length = length(value);
        switch (length) {
            case 1 -> BigEndian.put8(out, offset, (int) value);
            case 2 -> BigEndian.put16(out, offset, (int) value | 0x4000);
            case 4 -> BigEndian.put32(out, offset, (int) value | 0x8000_0000);
            default -> BigEndian.put64(out, offset, value | 0xc000_0000_0000_0000L);
        }
        return offset + length;
    }

    /**
     * The integer at {@code offset}, or {@link #TRUNCATED} when it does not end before {@code end}.
     * The next field is {@link #lengthAt} further.
     */
    public static long read(byte[] in, int offset, int end) {
        if (offset >= end) {
            return TRUNCATED;
        }
        int length = lengthAt(in, offset);
        if (length == 1) {
            return in[offset]; // most of them, and its highest bits are 0
        }
        if (length > end - offset) {
            return TRUNCATED;
        }
        return switch (length) {
            case 2 -> BigEndian.u16(in, offset) & MAX_IN_2;
            case 4 -> BigEndian.i32(in, offset) & MAX_IN_4;
            default -> BigEndian.i64(in, offset) & MAX;
        };
    }

    /** Bytes of the integer that begins at {@code offset}, told by its first byte. */
    public static int lengthAt(byte[] in, int offset) {
        return 1 << ((in[offset] & 0xff) >>> 6);
    }
}

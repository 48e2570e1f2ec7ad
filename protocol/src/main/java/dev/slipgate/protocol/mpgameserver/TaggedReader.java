package dev.slipgate.protocol.mpgameserver;

/**
 * Reads the values of the original's serialization that the handshake uses: a 16-bit tag, then the
 * value. What does not decode reads as 0 or empty, and {@link #wellFormed} says so afterwards.
 */
final class TaggedReader {
    static final int INT8 = 3;
    static final int INT16 = 4;
    static final int INT32 = 5;
    static final int BYTES = 14;

    private static final byte[] EMPTY = new byte[0];

    private final byte[] source;
    private final int end;
    private int cursor;
    private boolean failed;

    TaggedReader(byte[] source, int offset, int length) {
        this.source = source;
        this.cursor = offset;
        this.end = offset + length;
    }

    /** Whether everything read so far was there and of the right tag. */
    boolean wellFormed() {
        return !failed;
    }

    /** Bytes not read yet. */
    int remaining() {
        return end - cursor;
    }

    /** The 16 bits that name a class. */
    int typeId() {
        return take(2) ? Wire.u16(source, cursor - 2) : 0;
    }

    /** A tagged integer of up to 32 bits. */
    int integer() {
        switch (typeId()) {
            case INT8:
                return take(1) ? source[cursor - 1] : 0;
            case INT16:
                return take(2) ? (short) Wire.u16(source, cursor - 2) : 0;
            case INT32:
                return take(4) ? Wire.i32(source, cursor - 4) : 0;
            default:
                failed = true;
                return 0;
        }
    }

    /** A tagged byte string. */
    byte[] bytes() {
        if (typeId() != BYTES) {
            failed = true;
            return EMPTY;
        }
        int length = integer();
        if (failed || length < 0 || !take(length)) {
            failed = true;
            return EMPTY;
        }
        byte[] value = new byte[length];
        System.arraycopy(source, cursor - length, value, 0, length);
        return value;
    }

    private boolean take(int length) {
        if (failed || end - cursor < length) {
            failed = true;
            return false;
        }
        cursor += length;
        return true;
    }
}

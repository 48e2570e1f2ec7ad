package dev.slipgate.protocol.mpgameserver;

import java.util.Arrays;

/** Writes what {@link TaggedReader} reads, as the original chooses its tags. */
final class TaggedWriter {
    private byte[] out;
    private int length;

    TaggedWriter(int expectedBytes) {
        this.out = new byte[expectedBytes];
    }

    void typeId(int value) {
        grow(2);
        Wire.putU16(out, length - 2, value);
    }

    /** A tagged integer, in the smallest size that holds it; 0 or more. */
    void integer(int value) {
        if (value <= Byte.MAX_VALUE) {
            typeId(TaggedReader.INT8);
            grow(1);
            out[length - 1] = (byte) value;
        } else if (value <= Short.MAX_VALUE) {
            typeId(TaggedReader.INT16);
            typeId(value);
        } else {
            typeId(TaggedReader.INT32);
            grow(4);
            Wire.putI32(out, length - 4, value);
        }
    }

    /** A tagged byte string. */
    void bytes(byte[] value) {
        typeId(TaggedReader.BYTES);
        integer(value.length);
        grow(value.length);
        System.arraycopy(value, 0, out, length - value.length, value.length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(out, length);
    }

    private void grow(int added) {
        length += added;
        if (length > out.length) {
            out = Arrays.copyOf(out, Math.max(length, out.length * 2));
        }
    }
}

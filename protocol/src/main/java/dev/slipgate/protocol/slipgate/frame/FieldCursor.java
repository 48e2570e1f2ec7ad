package dev.slipgate.protocol.slipgate.frame;

import dev.slipgate.protocol.memory.BigEndian;
import dev.slipgate.protocol.slipgate.packet.Varint;

/**
 * Walks the fields of frames. A field that reaches past the end is read as 0 and leaves the cursor
 * {@link #broken}, for good: so a whole frame is read first and judged once.
 */
final class FieldCursor {
    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean broken;

    void begin(byte[] in, int offset, int limit) {
        bytes = in;
        at = offset;
        end = limit;
        broken = false;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the next field begins. */
    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= end;
    }

    /** Whether a field did not fit, or {@link #fail} was called. */
    boolean broken() {
        return broken;
    }

    /** A field has a value that it must not have. */
    void fail() {
        broken = true;
        at = end;
    }

    int u8() {
        return skip(1) < 0 ? 0 : BigEndian.u8(bytes, at - 1);
    }

    long i64() {
        return skip(Long.BYTES) < 0 ? 0 : BigEndian.i64(bytes, at - Long.BYTES);
    }

    long varint() {
        long value = Varint.read(bytes, at, end);
        if (value == Varint.TRUNCATED) {
            fail();
            return 0;
        }
        at += Varint.lengthAt(bytes, at);
        return value;
    }

    /** A varint of at most {@code max}. */
    int varint(int max) {
        long value = varint();
        if (value > max) {
            fail();
            return 0;
        }
        return (int) value;
    }

    /** A varint of at least {@code min}. */
    long varintFrom(long min) {
        long value = varint();
        if (value < min) {
            fail();
        }
        return value;
    }

    /** Passes over a text of at most {@code maxBytes}; answers where its UTF-8 begins, or -1. */
    int text(int maxBytes) {
        int length = varint(maxBytes);
        int begin = skip(length);
        if (begin >= 0 && !Utf8.isValid(bytes, begin, length)) {
            fail();
        }
        return begin;
    }

    /** Passes over a field of this length; answers where it began, or -1. */
    int skip(int lengthBytes) {
        if (lengthBytes > end - at) {
            fail();
            return -1;
        }
        at += lengthBytes;
        return at - lengthBytes;
    }
}

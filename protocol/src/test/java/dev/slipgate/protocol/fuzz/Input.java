package dev.slipgate.protocol.fuzz;

import java.util.Arrays;

/** A fuzzer's input, read from its front; behind its end everything is 0. */
public final class Input {
    private final byte[] bytes;
    private int at;

    public Input(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean atEnd() {
        return at >= bytes.length;
    }

    public int u8() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    public int u16() {
        return u8() << Byte.SIZE | u8();
    }

    public long i64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | u8();
        }
        return value;
    }

    /** So many bytes, fewer at the end. */
    public byte[] bytes(int length) {
        int end = Math.min(bytes.length, at + length);
        byte[] taken = Arrays.copyOfRange(bytes, Math.min(at, end), end);
        at = end;
        return taken;
    }

    /** All that is left. */
    public byte[] rest() {
        return bytes(bytes.length);
    }
}

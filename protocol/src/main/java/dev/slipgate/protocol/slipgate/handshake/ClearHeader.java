package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.memory.BigEndian;
import org.jspecify.annotations.Nullable;

/** The first 12 bytes of every packet that is not sealed. {@code docs/wire-protocol.md}. */
public final class ClearHeader {
    /** Bytes of the header. */
    public static final int BYTES = 12;

    /** The protocol's only version. */
    public static final int VERSION = 1;

    public static final int INIT = 1;
    public static final int RESPONSE = 2;
    public static final int COOKIE = 3;
    public static final int REFUSE = 4;
    public static final int RESET = 5;

    private static final int MAGIC = 0x534c4750;
    private static final int KIND_OFFSET = 4;
    private static final int VERSION_OFFSET = 5;
    private static final int RESERVED_OFFSET = 6;
    private static final int KEY_ID_OFFSET = 8;

    private ClearHeader() {}

    /**
     * Why these bytes do not begin with a clear header, or null. Looks at length and magic alone.
     */
    public static @Nullable DropReason refusal(byte[] in, int offset, int length) {
        if (length < BYTES) {
            return DropReason.BAD_SIZE;
        }
        return BigEndian.i32(in, offset) == MAGIC ? null : DropReason.BAD_MAGIC;
    }

    /** One of the five kinds, or any other u8. */
    public static int kind(byte[] in, int offset) {
        return BigEndian.u8(in, offset + KIND_OFFSET);
    }

    static int version(byte[] in, int offset) {
        return BigEndian.u8(in, offset + VERSION_OFFSET);
    }

    static int reserved(byte[] in, int offset) {
        return BigEndian.u16(in, offset + RESERVED_OFFSET);
    }

    static int keyId(byte[] in, int offset) {
        return BigEndian.i32(in, offset + KEY_ID_OFFSET);
    }

    /** Writes a header at offset 0. */
    static void write(byte[] out, int kind, int version, int keyId) {
        BigEndian.put32(out, 0, MAGIC);
        BigEndian.put8(out, KIND_OFFSET, kind);
        BigEndian.put8(out, VERSION_OFFSET, version);
        BigEndian.put16(out, RESERVED_OFFSET, 0);
        BigEndian.put32(out, KEY_ID_OFFSET, keyId);
    }
}

package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropReason;
import org.jspecify.annotations.Nullable;

/** Walks the messages of an opened packet. Reused; {@link #check} comes before any walk. */
final class PacketCursor {
    /** What a server takes inside a sealed packet, as a set of bits. */
    static final int SERVER_TAKES =
            1 << Wire.CHALLENGE_RESP
                    | 1 << Wire.KEEP_ALIVE
                    | 1 << Wire.DISCONNECT
                    | 1 << Wire.APP
                    | 1 << Wire.APP_FRAGMENT;

    /** What a client takes inside a sealed packet, as a set of bits. */
    static final int CLIENT_TAKES = SERVER_TAKES & ~(1 << Wire.CHALLENGE_RESP);

    private byte[] bytes = new byte[0];
    private int end;
    private int headerType;
    private int count;
    private int left;
    private int cursor;

    private int type;
    private int number;
    private int offset;
    private int length;

    void start(byte[] plain, int plainLength, int headerType, int count) {
        this.bytes = plain;
        this.end = plainLength;
        this.headerType = headerType;
        this.count = count;
        rewind();
    }

    void rewind() {
        left = count;
        cursor = 0;
    }

    static boolean takes(int takenTypes, int type) {
        return type < 32 && (takenTypes & 1 << type) != 0;
    }

    /** Null when the messages add up and each is of a taken type, or why the packet is dropped. */
    @Nullable DropReason check(int takenTypes) {
        rewind();
        while (next()) {
            if (number == 0) {
                return DropReason.BAD_FRAMING;
            }
            if (!takes(takenTypes, type)) {
                return DropReason.BAD_TYPE;
            }
        }
        boolean addsUp = left == 0 && cursor == end;
        rewind();
        return addsUp ? null : DropReason.BAD_FRAMING;
    }

    /** Steps to the next message; false at the end, or where the packet breaks off. */
    boolean next() {
        if (left == 0) {
            return false;
        }
        int overhead = count == 1 ? Wire.ONLY_MESSAGE_BYTES : Wire.EACH_MESSAGE_BYTES;
        if (end - cursor < overhead) {
            return false;
        }
        if (count == 1) {
            length = end - overhead;
            number = Wire.u16(bytes, 0);
            type = headerType;
        } else {
            length = Wire.u16(bytes, cursor);
            number = Wire.u16(bytes, cursor + 2);
            type = Wire.u8(bytes, cursor + 4);
        }
        offset = cursor + overhead;
        if (end - offset < length) {
            return false;
        }
        cursor = offset + length;
        left--;
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    int type() {
        return type;
    }

    /** The message's number, 1 to 65535. */
    int number() {
        return number;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    int count() {
        return count;
    }
}

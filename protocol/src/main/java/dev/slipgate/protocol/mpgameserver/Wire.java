package dev.slipgate.protocol.mpgameserver;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The dialect's header: 20 bytes, big-endian. Magic (4), unix seconds (4), packet number (2), ack
 * (2), type (1), length (2), count (1), ack bits (4). The first 12 bytes are the nonce, all 20 the
 * associated data. See {@code docs/dialect-mpgameserver.md}.
 */
final class Wire {
    static final int MAGIC_TO_SERVER = 0x46534F53;
    static final int MAGIC_TO_CLIENT = 0x46534F43;

    static final int HEADER_BYTES = 20;
    static final int CRC_BYTES = 4;
    static final int TAG_BYTES = 16;

    /** IPv4 and UDP headers, as the original counts them for either family. */
    static final int UDP_HEADER_BYTES = 28;

    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int CHALLENGE_RESP = 3;
    static final int KEEP_ALIVE = 4;
    static final int DISCONNECT = 5;
    static final int APP = 6;
    static final int APP_FRAGMENT = 7;

    /** In front of the body of a packet's only message: its number. */
    static final int ONLY_MESSAGE_BYTES = 2;

    /** In front of each body when there are several: length, number, type. */
    static final int EACH_MESSAGE_BYTES = 5;

    /** In front of a fragment's data: fragment id, index from 1, count. */
    static final int FRAGMENT_HEADER_BYTES = 6;

    static final int MAX_FRAGMENTS = 8192;
    static final int MAX_MESSAGES_PER_PACKET = 255;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {}

    static int u8(byte[] bytes, int offset) {
        return bytes[offset] & 0xff;
    }

    static int u16(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset) & 0xffff;
    }

    static int i32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static void putU16(byte[] bytes, int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    static void putI32(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    static int magic(byte[] datagram, int offset) {
        return i32(datagram, offset);
    }

    /** Unix seconds, 0 to 2^32 - 1. */
    static long seconds(byte[] datagram, int offset) {
        return i32(datagram, offset + 4) & 0xffffffffL;
    }

    static int packetNumber(byte[] datagram, int offset) {
        return u16(datagram, offset + 8);
    }

    static int ack(byte[] datagram, int offset) {
        return u16(datagram, offset + 10);
    }

    static int type(byte[] datagram, int offset) {
        return u8(datagram, offset + 12);
    }

    /** Payload bytes without CRC or tag. */
    static int length(byte[] datagram, int offset) {
        return u16(datagram, offset + 13);
    }

    static int count(byte[] datagram, int offset) {
        return u8(datagram, offset + 15);
    }

    /** Bit 31 stands for ack - 1, bit 0 for ack - 32. */
    static int ackBits(byte[] datagram, int offset) {
        return i32(datagram, offset + 16);
    }

    /** Writes magic, time and numbers: the half of the header that is the nonce. */
    static void putNonce(byte[] out, int magic, long seconds, int packetNumber, int ack) {
        putI32(out, 0, magic);
        putI32(out, 4, (int) seconds);
        putU16(out, 8, packetNumber);
        putU16(out, 10, ack);
    }

    /** Writes the rest of the header. */
    static void putContent(byte[] out, int type, int length, int count, int ackBits) {
        out[12] = (byte) type;
        putU16(out, 13, length);
        out[15] = (byte) count;
        putI32(out, 16, ackBits);
    }
}

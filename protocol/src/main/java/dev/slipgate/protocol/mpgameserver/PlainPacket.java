package dev.slipgate.protocol.mpgameserver;

import java.util.zip.CRC32;

/**
 * A packet of the handshake: header, the only message's number and body, and a CRC32 over all of
 * it. Packet and message number are 1.
 */
final class PlainPacket {
    /** Where the body begins. */
    static final int BODY = Wire.HEADER_BYTES + Wire.ONLY_MESSAGE_BYTES;

    private static final int NUMBER = 1;

    private PlainPacket() {}

    /**
     * Builds the datagram.
     *
     * @param ack the packet of the peer that it answers, or 0
     */
    static byte[] encode(int magic, long seconds, int ack, int type, byte[] body) {
        byte[] out = new byte[BODY + body.length + Wire.CRC_BYTES];
        Wire.putNonce(out, magic, seconds, NUMBER, ack);
        Wire.putContent(out, type, Wire.ONLY_MESSAGE_BYTES + body.length, 1, 0);
        Wire.putU16(out, Wire.HEADER_BYTES, NUMBER);
        System.arraycopy(body, 0, out, BODY, body.length);
        int covered = BODY + body.length;
        Wire.putI32(out, covered, crc(out, 0, covered));
        return out;
    }

    /** Whether the header's length is that of the datagram, and its one message is there. */
    static boolean lengthAgrees(byte[] datagram, int offset, int length) {
        return Wire.HEADER_BYTES + Wire.length(datagram, offset) + Wire.CRC_BYTES == length
                && length >= BODY + Wire.CRC_BYTES;
    }

    /** Whether the CRC is right; for a datagram whose length agrees. */
    static boolean crcAgrees(byte[] datagram, int offset, int length) {
        int covered = length - Wire.CRC_BYTES;
        return crc(datagram, offset, covered) == Wire.i32(datagram, offset + covered);
    }

    /** Whether it carries exactly one message, and both its numbers are set. */
    static boolean numbersAgree(byte[] datagram, int offset) {
        return Wire.count(datagram, offset) == 1
                && Wire.packetNumber(datagram, offset) != 0
                && Wire.u16(datagram, offset + Wire.HEADER_BYTES) != 0;
    }

    private static int crc(byte[] bytes, int offset, int length) {
        var crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}

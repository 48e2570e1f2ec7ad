package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.memory.BigEndian;
import java.util.Arrays;

/** A gateway's request to send the INIT again with a cookie; it echoes the INIT as REFUSE does. */
final class CookiePacket {
    private static final int COOKIE_OFFSET = ClearHeader.BYTES;
    private static final int ECHO_OFFSET = COOKIE_OFFSET + InitPacket.COOKIE_BYTES;

    static final int BYTES = ECHO_OFFSET + Long.BYTES;

    private CookiePacket() {}

    static byte[] encode(int keyId, byte[] cookie, long echo) {
        byte[] packet = new byte[BYTES];
        ClearHeader.write(packet, ClearHeader.COOKIE, ClearHeader.VERSION, keyId);
        System.arraycopy(cookie, 0, packet, COOKIE_OFFSET, InitPacket.COOKIE_BYTES);
        BigEndian.put64(packet, ECHO_OFFSET, echo);
        return packet;
    }

    /** The cookie of a packet of {@link #BYTES}. */
    static byte[] cookie(byte[] in, int offset) {
        return Arrays.copyOfRange(in, offset + COOKIE_OFFSET, offset + ECHO_OFFSET);
    }

    /** What {@link InitPacket#echo} said of the INIT that it answers. */
    static long echo(byte[] in, int offset) {
        return BigEndian.i64(in, offset + ECHO_OFFSET);
    }
}

package dev.slipgate.protocol.slipgate.handshake;

import java.util.Arrays;

/** A gateway's request to send the INIT again with this cookie. */
final class CookiePacket {
    static final int BYTES = ClearHeader.BYTES + InitPacket.COOKIE_BYTES;

    private CookiePacket() {}

    static byte[] encode(int keyId, byte[] cookie) {
        byte[] packet = new byte[BYTES];
        ClearHeader.write(packet, ClearHeader.COOKIE, ClearHeader.VERSION, keyId);
        System.arraycopy(cookie, 0, packet, ClearHeader.BYTES, InitPacket.COOKIE_BYTES);
        return packet;
    }

    /** The cookie of a packet of {@link #BYTES}. */
    static byte[] cookie(byte[] in, int offset) {
        return Arrays.copyOfRange(in, offset + ClearHeader.BYTES, offset + BYTES);
    }
}

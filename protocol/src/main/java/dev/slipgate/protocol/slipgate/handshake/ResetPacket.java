package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.memory.BigEndian;
import java.security.MessageDigest;
import java.util.Arrays;

/** A gateway's answer to a sealed packet of a session that it does not know. */
public final class ResetPacket {
    /** Bytes of the packet; never more than what it answers. */
    public static final int BYTES =
            ClearHeader.BYTES + Long.BYTES + ResponsePayload.RESET_TOKEN_BYTES;

    private static final int SESSION_ID_OFFSET = ClearHeader.BYTES;
    private static final int TOKEN_OFFSET = SESSION_ID_OFFSET + Long.BYTES;

    private ResetPacket() {}

    public static byte[] encode(long sessionId, byte[] token) {
        byte[] packet = new byte[BYTES];
        ClearHeader.write(packet, ClearHeader.RESET, ClearHeader.VERSION, 0);
        BigEndian.put64(packet, SESSION_ID_OFFSET, sessionId);
        System.arraycopy(token, 0, packet, TOKEN_OFFSET, ResponsePayload.RESET_TOKEN_BYTES);
        return packet;
    }

    /**
     * Whether a packet of this kind ends the session of this id: the id is told in clear, the token
     * is compared in constant time.
     */
    public static boolean isFor(byte[] in, int offset, int length, long sessionId, byte[] token) {
        return length == BYTES
                && BigEndian.i64(in, offset + SESSION_ID_OFFSET) == sessionId
                && MessageDigest.isEqual(
                        Arrays.copyOfRange(in, offset + TOKEN_OFFSET, offset + BYTES), token);
    }
}

package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.memory.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's answer to an INIT that it cannot read.
 *
 * @param version of the INIT, 0 to 255
 * @param keyId of the INIT
 * @param lowestVersion that the gateway speaks
 * @param highestVersion that the gateway speaks
 * @param echo the first 8 bytes of e in the INIT, so that only who saw it can answer
 */
record RefusePacket(
        int version, int keyId, Reason reason, int lowestVersion, int highestVersion, long echo) {
    /** Why an INIT is refused. */
    enum Reason {
        VERSION(1),
        KEY(2);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        private static @Nullable Reason ofCode(int code) {
            for (Reason reason : values()) {
                if (reason.code == code) {
                    return reason;
                }
            }
            return null;
        }
    }

    static final int BYTES = 23;

    private static final int REASON_OFFSET = ClearHeader.BYTES;
    private static final int LOWEST_OFFSET = REASON_OFFSET + 1;
    private static final int HIGHEST_OFFSET = LOWEST_OFFSET + 1;
    private static final int ECHO_OFFSET = HIGHEST_OFFSET + 1;

    /** The answer to this INIT. */
    static RefusePacket to(byte[] init, int offset, Reason reason) {
        return new RefusePacket(
                ClearHeader.version(init, offset),
                ClearHeader.keyId(init, offset),
                reason,
                ClearHeader.VERSION,
                ClearHeader.VERSION,
                InitPacket.echo(init, offset));
    }

    /** Reads a packet of {@link #BYTES} and its kind; null when its reason does not exist. */
    static @Nullable RefusePacket decode(byte[] in, int offset) {
        Reason reason = Reason.ofCode(BigEndian.u8(in, offset + REASON_OFFSET));
        if (reason == null) {
            return null;
        }
        return new RefusePacket(
                ClearHeader.version(in, offset),
                ClearHeader.keyId(in, offset),
                reason,
                BigEndian.u8(in, offset + LOWEST_OFFSET),
                BigEndian.u8(in, offset + HIGHEST_OFFSET),
                BigEndian.i64(in, offset + ECHO_OFFSET));
    }

    byte[] encode() {
        byte[] packet = new byte[BYTES];
        ClearHeader.write(packet, ClearHeader.REFUSE, version, keyId);
        BigEndian.put8(packet, REASON_OFFSET, reason.code);
        BigEndian.put8(packet, LOWEST_OFFSET, lowestVersion);
        BigEndian.put8(packet, HIGHEST_OFFSET, highestVersion);
        BigEndian.put64(packet, ECHO_OFFSET, echo);
        return packet;
    }
}

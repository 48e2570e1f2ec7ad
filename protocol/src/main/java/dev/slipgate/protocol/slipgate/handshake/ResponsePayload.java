package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.memory.BigEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a gateway says in RESPONSE. */
public sealed interface ResponsePayload {
    /** Bytes of a reset token. */
    int RESET_TOKEN_BYTES = 16;

    /**
     * The session begins.
     *
     * @param sessionId never 0
     * @param resetToken what a RESET of this session will carry; not copied
     * @param features the bits that hold
     * @param offer what the gateway takes, with the idle timeout of both
     */
    record Accepted(long sessionId, byte[] resetToken, int features, Offer offer)
            implements ResponsePayload {
        static final int BYTES = 29 + Offer.BYTES;

        private static final int SESSION_ID_OFFSET = 1;
        private static final int RESET_TOKEN_OFFSET = 9;
        private static final int FEATURES_OFFSET = 25;
        private static final int OFFER_OFFSET = 29;

        @Override
        public byte[] encode() {
            byte[] out = new byte[BYTES];
            out[0] = ACCEPTED;
            BigEndian.put64(out, SESSION_ID_OFFSET, sessionId);
            System.arraycopy(resetToken, 0, out, RESET_TOKEN_OFFSET, RESET_TOKEN_BYTES);
            BigEndian.put32(out, FEATURES_OFFSET, features);
            offer.write(out, OFFER_OFFSET);
            return out;
        }

        private static @Nullable Accepted decode(byte[] in) {
            long sessionId = BigEndian.i64(in, SESSION_ID_OFFSET);
            Offer offer = Offer.read(in, OFFER_OFFSET);
            if (sessionId == 0 || offer == null) {
                return null;
            }
            byte[] token = Arrays.copyOfRange(in, RESET_TOKEN_OFFSET, FEATURES_OFFSET);
            return new Accepted(sessionId, token, BigEndian.i32(in, FEATURES_OFFSET), offer);
        }
    }

    /**
     * There is no room now.
     *
     * @param retryAfterMs when to ask again, 0 to 2^32 - 1
     */
    record Full(long retryAfterMs) implements ResponsePayload {
        static final int BYTES = 5;

        @Override
        public byte[] encode() {
            byte[] out = new byte[BYTES];
            out[0] = FULL;
            BigEndian.put32(out, 1, (int) retryAfterMs);
            return out;
        }
    }

    /** The status of {@link Accepted}. */
    byte ACCEPTED = 0;

    /** The status of {@link Full}. */
    byte FULL = 1;

    /** The payload as bytes. */
    byte[] encode();

    /** Reads a payload; null when it is neither, or a value is out of its range. */
    static @Nullable ResponsePayload decode(byte[] in) {
        if (in.length == Accepted.BYTES && in[0] == ACCEPTED) {
            return Accepted.decode(in);
        }
        if (in.length == Full.BYTES && in[0] == FULL) {
            return new Full(BigEndian.u32(in, 1));
        }
        return null;
    }
}

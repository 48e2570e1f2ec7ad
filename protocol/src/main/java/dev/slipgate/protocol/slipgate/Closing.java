package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;

/**
 * The end of a session that this side closes: CLOSE, and CLOSE again when packets still come. Its
 * state begins with the first CLOSE due.
 */
final class Closing {
    /** How often CLOSE is sent again. */
    private static final int REPEATS = 3;

    private final CloseReason reason;
    private final String text;
    private final long endNs;
    private int left = 1 + REPEATS;
    private boolean due = true;

    Closing(CloseReason reason, String text, long endNs) {
        this.reason = reason;
        this.text = text;
        this.endNs = endNs;
    }

    CloseReason reason() {
        return reason;
    }

    boolean due() {
        return due && left > 0;
    }

    /** A packet of the peer came: it may not have seen CLOSE. */
    void onPacket() {
        due = true;
    }

    void write(FrameWriter writer) {
        writer.close(reason.code(), text);
        due = false;
        left--;
    }

    /** When the session is to be forgotten. */
    long endNs() {
        return endNs;
    }
}

package dev.slipgate.fabric.bus;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How the clustered event bus frames a batch for one lane: {@code int length; byte version = 2;
 * byte codec = -1; string codec name; byte send = 0; string address; int reply address = 0; string
 * sender; int headers = 4; batch}, where a string is an int and UTF-8, and the length counts what
 * follows it. Everything up to the reply address is the same for all batches of a lane, and is
 * compared as bytes; what does not match is left to Vert.x.
 */
final class LaneFrames {
    /** Marks a frame that is not for this lane, or that holds what batches never have. */
    static final int NOT_OURS = -1;

    private static final byte WIRE_VERSION = 2;
    private static final byte USER_CODEC = -1;
    private static final int NO_HEADERS = 4;

    private final byte[] head;

    LaneFrames(String address) {
        byte[] codec = BatchCodec.NAME.getBytes(StandardCharsets.UTF_8);
        byte[] to = address.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(2 + 4 + codec.length + 1 + 4 + to.length + 4);
        bytes.put(WIRE_VERSION).put(USER_CODEC).putInt(codec.length).put(codec);
        bytes.put((byte) 0).putInt(to.length).put(to).putInt(0);
        head = bytes.array();
    }

    /**
     * Where the batch begins, or {@link #NOT_OURS}. Checks every length against the frame.
     *
     * @param frame holds the whole frame
     * @param start the index behind the frame's length field
     * @param end the index behind the frame
     */
    int batchIndex(ByteBuf frame, int start, int end) {
        int at = start + head.length;
        if (end - at < 4 || !startsWithHead(frame, start)) {
            return NOT_OURS;
        }
        int senderLength = frame.getInt(at);
        at += 4;
        if (senderLength < 0 || senderLength > end - at - 4) {
            return NOT_OURS;
        }
        at += senderLength;
        return frame.getInt(at) == NO_HEADERS ? at + 4 : NOT_OURS;
    }

    // Backwards: lanes of one process differ in the last bytes of their addresses.
    private boolean startsWithHead(ByteBuf frame, int start) {
        for (int i = head.length - 1; i >= 0; i--) {
            if (frame.getByte(start + i) != head[i]) {
                return false;
            }
        }
        return true;
    }
}

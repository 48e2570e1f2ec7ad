package dev.slipgate.fabric.link;

import dev.slipgate.protocol.link.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of one message together again. Fragments of one message come in order and next
 * to each other on their connection's channel, since the link keeps order. Confined to one thread.
 */
public final class MessageAssembly {
    private final int maxMessageBytes;
    private byte @Nullable [] bytes;
    private int filled;
    private long number;

    /**
     * @param maxMessageBytes a message that claims to be longer is refused
     */
    public MessageAssembly(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Takes a DATA frame that is not a whole message; false when it does not follow on what came
     * before.
     */
    public boolean add(FrameReader frame) {
        if (frame.firstOfMany()) {
            if (frame.totalLength() > maxMessageBytes) {
                return false;
            }
            bytes = new byte[(int) frame.totalLength()];
            filled = 0;
            number = frame.number();
        }
        int length = frame.dataLength();
        if (bytes == null || frame.number() != number || filled + length > bytes.length) {
            return false;
        }
        System.arraycopy(frame.array(), frame.dataOffset(), bytes, filled, length);
        filled += length;
        return !frame.last() || filled == bytes.length;
    }

    /** The whole message, after its last fragment; it is the caller's from now on. */
    public byte[] take() {
        byte[] whole = bytes;
        if (whole == null) {
            throw new IllegalStateException("no message was assembled");
        }
        bytes = null;
        return whole;
    }
}

package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.link.FrameReader;
import java.util.Arrays;

/**
 * The frames of a unit that is not whole yet, as they came: nothing of a unit is passed on before
 * its last frame is here, so that a reply and the ack of its cause are seen together or not at all.
 * Confined to one thread.
 */
final class UnitHold {
    private static final int MIN_BYTES = 256;

    private final int maxBytes;
    private byte[] bytes = {};
    private int length;

    /**
     * @param maxBytes a unit whose frames need more is refused
     */
    UnitHold(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Keeps a copy of a frame; false when the bound is reached. */
    boolean add(FrameReader frame) {
        int needed = length + frame.frameLength();
        if (needed > maxBytes) {
            return false;
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.clamp(needed * 2L, MIN_BYTES, maxBytes));
        }
        System.arraycopy(frame.array(), frame.frameOffset(), bytes, length, frame.frameLength());
        length = needed;
        return true;
    }

    /** Lets a reader run over what is held. */
    void read(FrameReader reader) {
        reader.begin(bytes, 0, length);
    }

    /** Forgets what is held; a large array is let go. */
    void clear() {
        length = 0;
        if (bytes.length > MIN_BYTES) {
            bytes = new byte[0];
        }
    }
}

package dev.slipgate.fabric.link;

import dev.slipgate.protocol.link.FrameWriter;

/** Where a lane pulls frames from when it may send. Confined to the lane's thread. */
public interface FrameSource {
    /** Whether {@link #writeFrames} would write something. */
    boolean pending();

    /**
     * Writes frames until there are no more, or no more fit, or the batch has its share of
     * messages.
     */
    void writeFrames(FrameWriter out);
}

package dev.slipgate.fabric.link;

import dev.slipgate.protocol.link.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its lane sees it: something that has frames to write now and then. Confined to
 * the lane's thread.
 */
public abstract class LinkConnection {
    /** What a visit for data came to. */
    protected enum DataStep {
        /** Nothing is left to write. */
        DONE,
        /** Something was written, and there is more. */
        MORE,
        /** There is more, and the batch has no room for it. */
        NO_ROOM,
        /** There is more, and no credit for it: the connection asks again when credit comes. */
        BLOCKED
    }

    @Nullable LinkConnection nextControl;
    boolean queuedForControl;
    @Nullable LinkConnection nextData;
    boolean queuedForData;

    /**
     * Writes the control frames that are due; false when they did not all fit, and the rest is
     * asked for again.
     */
    protected abstract boolean writeControl(FrameWriter out);

    /** Writes one message or fragment. */
    protected abstract DataStep writeData(FrameWriter out);
}

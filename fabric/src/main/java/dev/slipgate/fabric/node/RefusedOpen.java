package dev.slipgate.fabric.node;

import dev.slipgate.fabric.link.LinkConnection;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.link.FrameWriter;

/**
 * The answer to an OPEN that comes while the node takes no connections: CLOSE, and nothing kept.
 */
final class RefusedOpen extends LinkConnection {
    private final long connection;
    private final CloseReason reason;

    RefusedOpen(long connection, CloseReason reason) {
        this.connection = connection;
        this.reason = reason;
    }

    @Override
    protected boolean writeControl(FrameWriter out) {
        return out.close(connection, reason.code(), reason.text());
    }

    @Override
    protected DataStep writeData(FrameWriter out) {
        return DataStep.DONE;
    }
}

package dev.slipgate.fabric.link;

import dev.slipgate.protocol.link.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a lane that have something to send: control before data, and data in turn, one
 * message each. A connection stands in each queue at most once, so the queues are bounded by the
 * connections. Confined to the lane's thread.
 */
public final class SendQueue implements FrameSource {
    /** DATA frames in a batch at most; the bus's cost of a batch is by then shared by many. */
    static final int MAX_MESSAGES = 64;

    private @Nullable LinkConnection controlHead;
    private @Nullable LinkConnection controlTail;
    private @Nullable LinkConnection dataHead;
    private @Nullable LinkConnection dataTail;

    /** The connection has control frames to write. */
    public void wantsControl(LinkConnection connection) {
        if (connection.queuedForControl) {
            return;
        }
        connection.queuedForControl = true;
        if (controlTail == null) {
            controlHead = connection;
        } else {
            controlTail.nextControl = connection;
        }
        controlTail = connection;
    }

    /** The connection has data to write, and credit for it. */
    public void wantsData(LinkConnection connection) {
        if (connection.queuedForData) {
            return;
        }
        connection.queuedForData = true;
        if (dataTail == null) {
            dataHead = connection;
        } else {
            dataTail.nextData = connection;
        }
        dataTail = connection;
    }

    /** Forgets all that stands here; the lane is lost. */
    public void clear() {
        while (controlHead != null) {
            popControl(controlHead);
        }
        while (dataHead != null) {
            popData(dataHead);
        }
    }

    @Override
    public boolean pending() {
        return controlHead != null || dataHead != null;
    }

    @Override
    public void writeFrames(FrameWriter out) {
        for (LinkConnection head = controlHead; head != null; head = controlHead) {
            if (!head.writeControl(out)) {
                return;
            }
            popControl(head);
        }
        for (LinkConnection head = dataHead; head != null; head = dataHead) {
            if (out.messages() >= MAX_MESSAGES) {
                return;
            }
            LinkConnection.DataStep step = head.writeData(out);
            if (step == LinkConnection.DataStep.NO_ROOM) {
                return;
            }
            popData(head);
            if (step == LinkConnection.DataStep.MORE) {
                wantsData(head);
            }
        }
    }

    private void popControl(LinkConnection head) {
        controlHead = head.nextControl;
        if (controlHead == null) {
            controlTail = null;
        }
        head.nextControl = null;
        head.queuedForControl = false;
    }

    private void popData(LinkConnection head) {
        dataHead = head.nextData;
        if (dataHead == null) {
            dataTail = null;
        }
        head.nextData = null;
        head.queuedForData = false;
    }
}

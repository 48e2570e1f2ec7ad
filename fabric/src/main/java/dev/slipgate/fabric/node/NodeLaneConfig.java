package dev.slipgate.fabric.node;

import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.protocol.link.LinkWire;

/**
 * Bounds and times of a node lane.
 *
 * @param mailboxBytes what one client may have in its mailbox, received and not handled; at least
 *     the largest message
 * @param outboxBytes what one connection may have sent and not delivered
 * @param unitBytes what one run of a handler may send to its connection
 * @param maxMessageBytes the largest message, either way
 * @param link the link's own
 */
public record NodeLaneConfig(
        int mailboxBytes, int outboxBytes, int unitBytes, int maxMessageBytes, LinkConfig link) {
    /** The first credit of a connection: the mailbox, which always has room for one message. */
    int creditBytes() {
        return Math.max(mailboxBytes, LinkWire.costOf(maxMessageBytes));
    }

    /** What holds unless configured. */
    public static NodeLaneConfig defaults() {
        return new NodeLaneConfig(
                1024 * 1024, 4 * 1024 * 1024, 1024 * 1024, 256 * 1024, LinkConfig.defaults());
    }
}

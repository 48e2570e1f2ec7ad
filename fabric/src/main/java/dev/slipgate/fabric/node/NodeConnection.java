package dev.slipgate.fabric.node;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the node's app holds it. Every method may be called from any thread, and none
 * blocks.
 */
public interface NodeConnection {
    ConnectionId id();

    /** The client's address in text, host and port. */
    String remoteAddress();

    /** The dialect that the client speaks at its gateway. */
    String dialect();

    /**
     * Sends on a channel, in the channel's delivery mode. From within a call of the {@link
     * ConnectionHandler} about this very connection the message joins the unit of that run; from
     * anywhere else it is a unit of its own.
     */
    SendOutcome send(int channel, byte[] bytes);

    /**
     * Ends the connection; {@code onDisconnect} follows in its mailbox. What was sent before still
     * goes out first.
     */
    void close(CloseReason reason, String detail);

    boolean open();

    /** The latest that the gateway told about the client's side. */
    Quality quality();

    /** Whatever the owner of the handler hung onto it; set in {@code onConnect}. */
    @Nullable Object attachment();

    void attach(@Nullable Object attachment);
}

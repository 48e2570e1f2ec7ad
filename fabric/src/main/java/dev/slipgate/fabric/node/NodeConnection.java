package dev.slipgate.fabric.node;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.Delivery;
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

    /** Who the client is, as its token said; empty for the anonymous. */
    String identity();

    /**
     * Declares the mode of what is sent on a channel, 0 to 255. Without, it is that of the client's
     * first message on it, else the channel's default.
     *
     * @return false when the channel has another mode already
     */
    boolean declare(int channel, Delivery delivery);

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

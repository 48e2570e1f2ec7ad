package dev.slipgate.fabric.node;

import dev.slipgate.protocol.CloseReason;

/**
 * What runs the app's hooks. Each call about one connection comes in that connection's mailbox: one
 * at a time, in order, on a thread of the executor given to the lane, and may block. What a call
 * sends to its own connection leaves when it returns, as one unit with the delivery ack of the
 * message that it handled. A call that throws closes the connection with {@link
 * CloseReason#HANDLER_FAILED}.
 */
public interface ConnectionHandler {
    /** The first call about a connection. */
    void onConnect(NodeConnection connection, boolean recovered);

    /** A message; {@code bytes} is the callee's to keep. */
    void onMessage(NodeConnection connection, int channel, byte[] bytes, boolean redelivered);

    /** The last call about a connection. */
    void onDisconnect(NodeConnection connection, CloseReason reason);
}

package dev.slipgate.client;

import dev.slipgate.protocol.CloseReason;

/**
 * Hears what happens to a client. Called by one thread at a time: that of the client, or whoever
 * calls {@link SlipgateClient#poll}. Anything may be called from within but {@code poll} and {@code
 * join}. While a callback runs nothing is sent or received, so it should not take long.
 */
public interface ClientListener {
    /** Messages flow: a node has the connection. Called again after each reconnect. */
    default void onConnected(SlipgateClient client) {}

    /** The client did not connect, and is over; {@link #onClosed} is not called. */
    default void onConnectFailed(SlipgateClient client, ConnectOutcome.Failed outcome) {}

    /**
     * A message; counts as handled when this returns, also if it throws. For explicit acks and the
     * channel's mode implement {@link #onMessage(SlipgateClient, ReceivedMessage)} instead.
     *
     * @param bytes the listener's to keep
     */
    default void onMessage(SlipgateClient client, int channel, byte[] bytes) {}

    /** A message; hands it on to {@link #onMessage(SlipgateClient, int, byte[])}. */
    default void onMessage(SlipgateClient client, ReceivedMessage message) {
        onMessage(client, message.channel(), message.bytes());
    }

    /** There is room again after a send was {@link SendOutcome.Reason#BACKPRESSURED}. */
    default void onWritable(SlipgateClient client) {}

    /**
     * The connection is lost and will be tried anew, as another one: what was not delivered is
     * {@link SendOutcome.DeliveryState#UNKNOWN}, and the node sees a new client.
     *
     * @param reason why it was lost, or what the last attempt came to
     * @param attempt 1 or more since it was lost
     * @param delayMs when the attempt begins
     */
    default void onReconnecting(
            SlipgateClient client, CloseReason reason, int attempt, long delayMs) {}

    /** The client was connected, and is over. Nothing is called after this. */
    default void onClosed(SlipgateClient client, CloseReason reason) {}
}

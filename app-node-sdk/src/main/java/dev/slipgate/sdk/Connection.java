package dev.slipgate.sdk;

import dev.slipgate.fabric.node.Quality;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.Delivery;
import java.time.Duration;

/**
 * A client, as the app sees it: the virtual connection between it and the cluster. Every method may
 * be called from any thread and from any hook, and none blocks.
 */
public interface Connection {
    /** The channel of {@link #send(byte[])}: ordered, each message once. */
    int DEFAULT_CHANNEL = 0;

    /** The connection's name throughout the cluster; the client never learns it. */
    ConnectionId id();

    /** The node that this connection lives on. */
    Node node();

    /** Sends on channel 0: once, and in order. As {@link #send(int, byte[])}. */
    default SendOutcome send(byte[] bytes) {
        return send(DEFAULT_CHANNEL, bytes);
    }

    /**
     * Declares the delivery mode of what is sent on a channel, for good: before the first message
     * on it, in either direction.
     *
     * @param channel 0 to 255
     * @return false when the channel has another mode already
     * @throws IllegalArgumentException when there is no such channel
     */
    boolean declare(int channel, Delivery delivery);

    /**
     * Sends a message to the client, in the channel's delivery mode: that of its declaration, else
     * that in which the client sends on it, else by default 0 is ordered, 1 reliable in any order,
     * 2 sequenced (the newest wins), 3 unreliable, all others ordered.
     *
     * <p>From a hook about this very connection the message joins that run's unit, which leaves
     * when the hook returns and holds at most 1 MiB. From anywhere else (a tick, another
     * connection's hook, a thread of yours) it leaves at once.
     *
     * <p>The array is copied: it is yours again when this returns.
     *
     * @param channel 0 to 255
     * @param bytes the message, up to the configured size (256 kB by default); it may be empty
     * @return {@link SendOutcome.Queued} with a receipt that tells of the delivery, or {@link
     *     SendOutcome.Refused} with the reason, and nothing was taken
     * @throws IllegalArgumentException when there is no such channel
     */
    SendOutcome send(int channel, byte[] bytes);

    /**
     * Ends the connection; what was sent before still goes out first, and {@link App#onDisconnect}
     * follows. Harmless when it is over already.
     *
     * @param reason for the log of gateway and node; the client may not be told
     */
    void close(String reason);

    /** Whether it is not over; when false, sends are refused. */
    boolean isOpen();

    /**
     * Who the client is: what the cluster's token verifier made of the token that it connected
     * with. Empty for the anonymous, and for clients of dialects, which have no token.
     */
    String identity();

    /** What the client speaks: {@code slipgate}, or a dialect such as {@code mpgameserver}. */
    String dialect();

    /** The client's address as its gateway sees it, such as {@code 192.0.2.7:40112}. */
    String remoteAddress();

    /**
     * How long a datagram takes between gateway and client, one way: half the smoothed round trip,
     * as of about a second ago. Zero until the client has acknowledged a first message: nothing
     * else is measured.
     */
    Duration latency();

    /**
     * What the gateway counted about the client's side, as of about a second ago; all zero before
     * the first message.
     */
    Quality statistics();

    /** Hangs an object of the app's onto this connection, in place of the one before. */
    void attach(Object attachment);

    /** Whether an object of this type is attached. */
    boolean isAttached(Class<?> type);

    /**
     * The attached object.
     *
     * @throws IllegalStateException when nothing of this type is attached
     */
    <T> T attachment(Class<T> type);
}

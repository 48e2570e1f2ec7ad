package dev.slipgate.protocol.session;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import org.jspecify.annotations.Nullable;

/**
 * The cryptographic association of one client with one gateway, as a plain object: it is fed, and
 * it is polled; it has no socket, clock, logger or thread. Confined to one thread, that of its
 * endpoint. Times are nanoseconds of one monotonic clock. A client-side session is an {@link
 * Endpoint} with one session in it.
 */
public interface Session {
    /** The session's random id, local to its endpoint. */
    long id();

    PeerAddress peer();

    /** Whether messages may flow. */
    boolean connected();

    /**
     * Input: a message for the peer. The bytes are copied before the call returns.
     *
     * @param channel 0 to 255
     * @param delivery what the dialect must do for it
     * @param number the sender's number on that channel, 1 or more; comes back in {@link
     *     SessionListener#onDelivered}
     */
    SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs);

    /**
     * Whether messages, delivery acks and ATTACH go from end to end with the ends' own numbers, as
     * in the native protocol. If not, whoever listens is the end in the peer's place.
     */
    default boolean betweenEnds() {
        return false;
    }

    /** The largest message that {@link #send} takes, in bytes. */
    default int maxMessageBytes() {
        return Integer.MAX_VALUE;
    }

    /** Who the peer is, as its token said; empty for the anonymous. */
    default String identity() {
        return "";
    }

    /**
     * Input: what the end on this side has handled of a reliable channel; the newest is sent, again
     * if lost. Only where {@link #betweenEnds}.
     *
     * @param handled read during the call only
     */
    default void deliveryAck(int channel, Positions handled, long nowNs) {
        throw new IllegalStateException("this dialect has no delivery acks");
    }

    /** Input: where the end on this side is. Only where {@link #betweenEnds}. */
    default void sendAttach(Attach attach, long nowNs) {
        throw new IllegalStateException("this dialect does not attach");
    }

    /**
     * Input: reliable messages that came by this session have left the hold of its owner; the peer
     * may send as much more. Only where {@link #betweenEnds}.
     *
     * @param costBytes their lengths and 64 for each
     */
    default void consumed(long costBytes, long nowNs) {}

    /**
     * Input: ends the session with the dialect's own goodbye. {@link SessionListener#onClosed}
     * follows at once.
     */
    void close(CloseReason reason, long nowNs);

    /** What the session has counted so far; one live object per session, read on its thread. */
    SessionStats stats();

    /** Whatever the session's owner hung onto it. */
    @Nullable Object attachment();

    void attach(@Nullable Object attachment);
}

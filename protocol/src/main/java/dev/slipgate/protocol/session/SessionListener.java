package dev.slipgate.protocol.session;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;

/**
 * Where the sessions of an endpoint report to. Called on the endpoint's thread, from within its
 * inputs. A listener may call {@link Session#send} and {@link Session#close} from within.
 */
public interface SessionListener {
    /**
     * The peer has proven its keys; messages may flow from now on. Called once, before any other
     * call about it.
     */
    void onConnected(Session session, long nowNs);

    /**
     * Asks for room to keep what a packet carries, before the packet is recorded. False leaves the
     * packet unrecorded and unacknowledged, so that its retry is taken later. What was granted is
     * used up by {@link #onMessage} or given back by {@link #unreserve}.
     *
     * @param bytes what the packet's messages, and the whole of each fragmented message that begins
     *     in it, will need
     */
    boolean tryReserve(Session session, int bytes, long nowNs);

    /**
     * Gives back room of {@link #tryReserve} that no message will use: a duplicate, or a message
     * whose rest never came.
     */
    void unreserve(Session session, int bytes);

    /**
     * A message of the peer, once per session. The bytes are valid during the call only.
     *
     * @param delivery what its sender asked for
     * @param number the sending end's number on that channel, 1 or more; 0 where the dialect has
     *     none, and the listener is the end that numbers
     * @param reservedBytes the room that was granted for this message and is now used up; at least
     *     {@code length}
     */
    void onMessage(
            Session session,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs);

    /**
     * The peer has the reliable message with this number: all packets that carried it are
     * acknowledged.
     */
    void onDelivered(Session session, int channel, long number, long nowNs);

    /**
     * The peer's end has handled these messages of a reliable channel. Only where the session is
     * {@link Session#betweenEnds}.
     *
     * @param handled valid during the call only
     */
    default void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {}

    /**
     * The peer's end says where it is; the same may be heard again. Only where the session is
     * {@link Session#betweenEnds}.
     */
    default void onAttach(Session session, Attach attach, long nowNs) {}

    /**
     * With what the client may resume; the same may be heard again. Client side, where the session
     * is native.
     */
    default void onTicket(Session session, Ticket ticket, long nowNs) {}

    /** The gateway wishes the client to resume elsewhere. Client side, as {@link #onTicket}. */
    default void onRedirect(Session session, Redirect redirect, long nowNs) {}

    /** There is room again after {@link SendResult#BACKPRESSURED}. */
    default void onWritable(Session session, long nowNs) {}

    /**
     * The session is over; nothing is called about it after this. Not called for what never
     * connected.
     */
    void onClosed(Session session, CloseReason reason, long nowNs);
}

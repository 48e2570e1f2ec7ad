package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.Attach;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link SessionEnd} reports to, on its thread, from within its inputs. Whatever the end
 * offers may be called from within.
 */
public interface EndListener {
    /** The ends have met on the session at hand: the client is connected. */
    void onAttached(Attach peer, long nowNs);

    /**
     * A message: once, and on an ORDERED channel in order. It stays unhandled until {@link
     * SessionEnd#handled}. The bytes are valid during the call only.
     */
    void onMessage(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs);

    /**
     * The other end has handled a message of a reliable channel.
     *
     * @param tag what was given to {@link SessionEnd#send}
     */
    void onDelivered(int channel, long number, @Nullable Object tag, long nowNs);

    /** The end was closed first: whether the other end handled the message, nobody will tell. */
    default void onGivenUp(int channel, long number, @Nullable Object tag) {}

    /**
     * Messages of a reliable channel will never come: whoever kept them is gone.
     *
     * @param firstKept the next number that may come
     * @param missing how many below it are lost
     */
    default void onGap(int channel, long firstKept, long missing, long nowNs) {}

    /** There is room again after a send was BACKPRESSURED. */
    void onWritable(long nowNs);

    /** The session is over. The streams live on: another session may come. */
    void onClosed(CloseReason reason, long nowNs);
}

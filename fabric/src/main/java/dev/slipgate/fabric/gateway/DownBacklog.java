package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a node sent to a native client whose session has no room at the moment: reliable messages,
 * within the node's credit, and behind them the newest delivery ack of each channel. An ack that
 * waits does no harm, while one that overtakes its reply might be all that the client ever sees.
 * Confined to the lane's thread.
 */
final class DownBacklog {
    private final long maxBytes;
    private final MessageRing messages = new MessageRing();
    private final ChannelSet acksDue = new ChannelSet();
    private @Nullable Positions[] acks = {};

    /**
     * @param maxBytes the node's credit
     */
    DownBacklog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean isEmpty() {
        return messages.isEmpty() && acksDue.first() < 0;
    }

    /** Keeps a copy of a message; false when the node sent beyond its credit. */
    boolean add(int channel, Delivery delivery, long number, byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        messages.add(channel, delivery, number, copy, length);
        return messages.costBytes() <= maxBytes;
    }

    /** Keeps a delivery ack in the place of the one before. */
    void addAck(int channel, Positions handled) {
        if (channel >= acks.length) {
            acks = Arrays.copyOf(acks, channel + 1);
        }
        acks[channel] = handled.copy();
        acksDue.add(channel);
    }

    /** Gives the session what it has room for; how many messages it took. */
    int giveTo(Session session, long nowNs) {
        int taken = 0;
        while (!messages.isEmpty()) {
            if (!giveFirst(session, nowNs)) {
                return taken;
            }
            messages.remove();
            taken++;
        }
        for (int channel = acksDue.first(); channel >= 0; channel = acksDue.first()) {
            acksDue.remove(channel);
            Positions handled = acks[channel];
            if (handled != null) {
                session.deliveryAck(channel, handled, nowNs);
            }
        }
        return taken;
    }

    private boolean giveFirst(Session session, long nowNs) {
        SendResult result =
                session.send(
                        messages.channel(),
                        messages.delivery(),
                        messages.number(),
                        messages.bytes(),
                        0,
                        messages.length(),
                        nowNs);
        return result == SendResult.QUEUED;
    }
}

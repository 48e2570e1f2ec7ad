package dev.slipgate.protocol.channel;

import dev.slipgate.protocol.memory.BytePool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stream state of one end of a connection: per channel and direction its numbers, positions and
 * kept messages. It is handed to sessions and links by its owner and survives them. Streams are
 * made on first use. A channel has one mode per direction for good: that of its declaration or of
 * its first message, else the one that {@link Delivery#ofChannel} gives. Confined to one thread.
 */
public final class ConnectionStreams {
    /** Channels 0 to 255. */
    public static final int MAX_CHANNELS = 256;

    private final BytePool pool;
    private final EarlyBudget early;
    private final StreamListener listener;
    private @Nullable InboundStream[] inbound = new InboundStream[2];
    private @Nullable OutboundStream[] outbound = new OutboundStream[2];

    /**
     * @param pool where kept copies lie; of the same thread
     * @param maxEarlyBytes what may wait here for its predecessors on ordered channels, each
     *     message at its {@linkplain MessageCost cost}: the credit of its sender
     * @param listener hears of messages that are kept no longer
     */
    public ConnectionStreams(BytePool pool, long maxEarlyBytes, StreamListener listener) {
        this.pool = pool;
        this.early = new EarlyBudget(maxEarlyBytes);
        this.listener = listener;
    }

    /** The receiving side of a channel, 0 to 255, in the mode it has by default. */
    public InboundStream inbound(int channel) {
        InboundStream stream = existingInbound(channel);
        return stream != null ? stream : newInbound(channel, Delivery.ofChannel(channel));
    }

    /** The receiving side of a channel, 0 to 255; null when it has another mode. */
    public @Nullable InboundStream inbound(int channel, Delivery delivery) {
        InboundStream stream = existingInbound(channel);
        if (stream == null) {
            return newInbound(channel, delivery);
        }
        return stream.delivery() == delivery ? stream : null;
    }

    /** The receiving side of a channel if it was ever used. */
    public @Nullable InboundStream existingInbound(int channel) {
        return channel < inbound.length ? inbound[channel] : null;
    }

    private InboundStream newInbound(int channel, Delivery delivery) {
        if (channel >= inbound.length) {
            inbound = Arrays.copyOf(inbound, capacityFor(channel));
        }
        var stream = new InboundStream(delivery, pool, early);
        inbound[channel] = stream;
        return stream;
    }

    /** The sending side of a channel, 0 to 255, in the mode it has by default. */
    public OutboundStream outbound(int channel) {
        OutboundStream stream = existingOutbound(channel);
        return stream != null ? stream : newOutbound(channel, Delivery.ofChannel(channel));
    }

    /** The sending side of a channel, 0 to 255; null when it has another mode. */
    public @Nullable OutboundStream outbound(int channel, Delivery delivery) {
        OutboundStream stream = existingOutbound(channel);
        if (stream == null) {
            return newOutbound(channel, delivery);
        }
        return stream.delivery() == delivery ? stream : null;
    }

    /** The sending side of a channel if it was ever used. */
    public @Nullable OutboundStream existingOutbound(int channel) {
        return channel < outbound.length ? outbound[channel] : null;
    }

    private OutboundStream newOutbound(int channel, Delivery delivery) {
        if (channel >= outbound.length) {
            outbound = Arrays.copyOf(outbound, capacityFor(channel));
        }
        var stream = new OutboundStream(channel, delivery, pool, listener);
        outbound[channel] = stream;
        return stream;
    }

    /** The channels below this may have a receiving side; those above have none. */
    public int inboundBound() {
        return inbound.length;
    }

    /** The channels below this may have a sending side; those above have none. */
    public int outboundBound() {
        return outbound.length;
    }

    /** What waits here for its predecessors, each message at its cost. */
    public long earlyBytes() {
        return early.usedBytes();
    }

    /** Gives up all kept and held messages; the end goes away. */
    public void release() {
        for (OutboundStream stream : outbound) {
            if (stream != null) {
                stream.release();
            }
        }
        for (InboundStream stream : inbound) {
            if (stream != null) {
                stream.release();
            }
        }
    }

    private static int capacityFor(int channel) {
        return Math.min(MAX_CHANNELS, Integer.highestOneBit(Math.max(channel, 1)) * 2);
    }
}

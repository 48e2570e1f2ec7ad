package dev.slipgate.protocol.channel;

import dev.slipgate.protocol.memory.BytePool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stream state of one end of a connection: per channel and direction its numbers, positions and
 * kept messages. It is handed to sessions and links by its owner and survives them. Streams are
 * made on first use, in the mode that {@link Delivery#ofChannel} gives. Confined to one thread.
 */
public final class ConnectionStreams {
    /** Channels 0 to 255. */
    public static final int MAX_CHANNELS = 256;

    private final BytePool pool;
    private final StreamListener listener;
    private @Nullable InboundStream[] inbound = new InboundStream[2];
    private @Nullable OutboundStream[] outbound = new OutboundStream[2];

    /**
     * @param pool where kept copies lie; of the same thread
     * @param listener hears of messages that are kept no longer
     */
    public ConnectionStreams(BytePool pool, StreamListener listener) {
        this.pool = pool;
        this.listener = listener;
    }

    /** The receiving side of a channel, 0 to 255. */
    public InboundStream inbound(int channel) {
        if (channel >= inbound.length) {
            inbound = Arrays.copyOf(inbound, capacityFor(channel));
        }
        InboundStream stream = inbound[channel];
        if (stream == null) {
            stream = new InboundStream(Delivery.ofChannel(channel));
            inbound[channel] = stream;
        }
        return stream;
    }

    /** The sending side of a channel, 0 to 255. */
    public OutboundStream outbound(int channel) {
        if (channel >= outbound.length) {
            outbound = Arrays.copyOf(outbound, capacityFor(channel));
        }
        OutboundStream stream = outbound[channel];
        if (stream == null) {
            stream = new OutboundStream(channel, Delivery.ofChannel(channel), pool, listener);
            outbound[channel] = stream;
        }
        return stream;
    }

    /** The channels below this may have a sending side; those above have none. */
    public int outboundBound() {
        return outbound.length;
    }

    /** The sending side of a channel if it was ever used. */
    public @Nullable OutboundStream existingOutbound(int channel) {
        return channel < outbound.length ? outbound[channel] : null;
    }

    /** Gives up all kept messages; the end goes away. */
    public void release() {
        for (OutboundStream stream : outbound) {
            if (stream != null) {
                stream.release();
            }
        }
    }

    private static int capacityFor(int channel) {
        return Math.min(MAX_CHANNELS, Integer.highestOneBit(Math.max(channel, 1)) * 2);
    }
}

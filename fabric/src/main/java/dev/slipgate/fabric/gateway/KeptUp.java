package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.OutboundStream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a dialect's client, whose end the gateway is: kept in its streams until the
 * node's delivery ack, and written channel by channel in turn.
 */
final class KeptUp implements UpQueue {
    private final ConnectionStreams streams;
    private int lastChannel;
    private @Nullable OutboundStream selected;

    KeptUp(ConnectionStreams streams) {
        this.streams = streams;
    }

    @Override
    public boolean select() {
        if (selected != null && selected.nextToSend() != 0) {
            return true; // half of its message may be written
        }
        selected = null;
        int bound = streams.outboundBound();
        for (int i = 1; i <= bound; i++) {
            OutboundStream stream = streams.existingOutbound((lastChannel + i) % bound);
            if (stream != null && stream.nextToSend() != 0) {
                selected = stream;
                return true;
            }
        }
        return false;
    }

    private OutboundStream selected() {
        OutboundStream stream = selected;
        if (stream == null) {
            throw new IllegalStateException("no message is selected");
        }
        return stream;
    }

    @Override
    public int channel() {
        return selected().channel();
    }

    @Override
    public Delivery delivery() {
        return selected().delivery();
    }

    @Override
    public long number() {
        return selected().nextToSend();
    }

    @Override
    public byte[] bytes() {
        byte[] bytes = selected().bytes(number());
        if (bytes == null) {
            throw new IllegalStateException("message " + number() + " is to be sent and not kept");
        }
        return bytes;
    }

    @Override
    public int length() {
        return selected().length(number());
    }

    @Override
    public void begun() {}

    @Override
    public void written() {
        lastChannel = channel();
        selected().sent(number());
        selected = null;
    }

    @Override
    public void release() {
        selected = null;
    }
}

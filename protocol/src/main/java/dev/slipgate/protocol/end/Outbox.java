package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.channel.OutboundStream;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an end: keeps messages within its bound, and gives them to a session as that
 * has room. Confined to the end's thread.
 */
final class Outbox {
    private final ConnectionStreams streams;
    private final EndConfig config;
    private final EndListener listener;
    private final ChannelSet unsent = new ChannelSet();

    private @Nullable Session session;
    private boolean sessionFull;
    private boolean roomWanted;
    private int lastChannel = -1;
    private long bytes;
    private long nowNs;

    /** Makes the end's streams, since it is to hear what becomes of their messages. */
    Outbox(BytePool pool, EndConfig config, EndListener listener) {
        this.streams = new ConnectionStreams(pool, config.maxEarlyBytes(), this::onSettled);
        this.config = config;
        this.listener = listener;
    }

    ConnectionStreams streams() {
        return streams;
    }

    /** What is kept for the other end, each message at its cost. */
    long bytes() {
        return bytes;
    }

    SendResult send(
            int channel, byte[] from, int offset, int length, @Nullable Object tag, long atNs) {
        nowNs = atNs;
        Session to = session;
        int largest = to == null ? Integer.MAX_VALUE : to.maxMessageBytes();
        if (length > Math.min(config.maxMessageBytes(), largest)) {
            return SendResult.TOO_LARGE;
        }
        OutboundStream stream = streams.outbound(channel);
        if (stream.delivery().reliable()) {
            return keep(stream, from, offset, length, tag);
        }
        return to == null ? SendResult.CLOSED : pass(to, stream, from, offset, length);
    }

    private SendResult keep(
            OutboundStream stream, byte[] from, int offset, int length, @Nullable Object tag) {
        int cost = MessageCost.of(length);
        if (bytes + cost > config.outboxBytes() || !stream.hasRoom()) {
            roomWanted = true;
            return SendResult.BACKPRESSURED;
        }
        stream.keepCopy(from, offset, length, tag);
        bytes += cost;
        unsent.add(stream.channel());
        push();
        return SendResult.QUEUED;
    }

    private SendResult pass(
            Session to, OutboundStream stream, byte[] from, int offset, int length) {
        int channel = stream.channel();
        SendResult result =
                to.send(channel, stream.delivery(), stream.number(), from, offset, length, nowNs);
        roomWanted |= result == SendResult.BACKPRESSURED;
        return result;
    }

    /** Messages may go to this session from now on. */
    void open(Session next, long atNs) {
        nowNs = atNs;
        session = next;
        sessionFull = false;
        push();
        tellRoom();
    }

    /** Messages wait until a session is there for them. */
    void shut() {
        session = null;
    }

    /** The session has room again. */
    void writable(long atNs) {
        nowNs = atNs;
        sessionFull = false;
        push();
        tellRoom();
    }

    /** Gives the session what it has room for, a message of each channel in turn. */
    private void push() {
        Session to = session;
        while (to != null && !sessionFull) {
            int channel = unsent.nextAfter(lastChannel);
            if (channel < 0) {
                return;
            }
            OutboundStream stream = streams.outbound(channel);
            long number = stream.nextToSend();
            if (number == 0) {
                unsent.remove(channel);
            } else {
                push(to, stream, number);
            }
        }
    }

    private void push(Session to, OutboundStream stream, long number) {
        byte[] message = stream.bytes(number);
        if (message == null) {
            throw new IllegalStateException("message " + number + " is to be sent and not kept");
        }
        int length = stream.length(number);
        int channel = stream.channel();
        switch (to.send(channel, stream.delivery(), number, message, 0, length, nowNs)) {
            case QUEUED -> {
                stream.sent(number);
                lastChannel = channel;
            }
            case BACKPRESSURED, CLOSED -> sessionFull = true;
            case TOO_LARGE -> { // it was taken while another session allowed it
                sessionFull = true;
                to.close(CloseReason.OVERLOADED, nowNs);
            }
        }
    }

    void acknowledge(int channel, Positions handled, long atNs) {
        nowNs = atNs;
        OutboundStream stream = streams.existingOutbound(channel);
        if (stream != null && stream.delivery().reliable()) {
            stream.acknowledge(handled);
            tellRoom();
        }
    }

    /** The other end has handled this much. */
    void acknowledge(Attach peer, long atNs) {
        for (Attach.Channel there : peer.channels()) {
            acknowledge(there.channel(), there.handled(), atNs);
        }
    }

    /** What the other end lacks is to be sent again. */
    void rewind(Attach peer) {
        for (int channel = 0; channel < streams.outboundBound(); channel++) {
            OutboundStream stream = streams.existingOutbound(channel);
            if (stream != null && stream.delivery().reliable()) {
                stream.rewind(Meeting.receivedOn(channel, peer));
                unsent.add(channel);
            }
        }
    }

    private void onSettled(
            int channel, long number, int lengthBytes, @Nullable Object tag, boolean delivered) {
        bytes -= MessageCost.of(lengthBytes);
        if (delivered) {
            listener.onDelivered(channel, number, tag, nowNs);
        } else {
            listener.onGivenUp(channel, number, tag);
        }
    }

    /** In the last eighth of the bound it is not worth a call. */
    private void tellRoom() {
        if (roomWanted && bytes <= config.outboxBytes() - config.outboxBytes() / 8) {
            roomWanted = false;
            listener.onWritable(nowNs);
        }
    }
}

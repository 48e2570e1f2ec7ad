package dev.slipgate.protocol.end;

import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Session;

/**
 * The receiving half of an end: hands messages out once, and in order where that is promised.
 * Confined to the end's thread.
 */
final class Inbox {
    private final ConnectionStreams streams;
    private final BytePool pool;
    private final EndListener listener;
    private long unhandledBytes;

    Inbox(ConnectionStreams streams, BytePool pool, EndListener listener) {
        this.streams = streams;
        this.pool = pool;
        this.listener = listener;
    }

    /** What of reliable messages has come and is not handled, each message at its cost. */
    long unhandledBytes() {
        return unhandledBytes;
    }

    /** A message came; false when no honest end would have sent it. */
    boolean take(
            Session from,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        InboundStream in = streams.inbound(channel, delivery);
        if (in == null) {
            return false;
        }
        int cost = delivery.reliable() ? MessageCost.of(length) : 0;
        InboundStream.Arrival arrival = in.arrive(number, bytes, offset, length);
        switch (arrival) {
            case TAKEN -> {
                unhandledBytes += cost;
                listener.onMessage(channel, delivery, number, bytes, offset, length, nowNs);
                handOutEarly(channel, in, nowNs);
            }
            case HELD -> unhandledBytes += cost;
            case STALE -> from.consumed(cost, nowNs);
            case OVERFLOW -> {}
        }
        return arrival != InboundStream.Arrival.OVERFLOW;
    }

    private void handOutEarly(int channel, InboundStream in, long nowNs) {
        for (long number = in.nextEarly(); number != 0; number = in.nextEarly()) {
            int length = in.nextEarlyLength();
            byte[] bytes = in.takeEarly();
            listener.onMessage(channel, in.delivery(), number, bytes, 0, length, nowNs);
            pool.give(bytes);
        }
    }

    /** Notes that a message is handled; false when that is no news, or of no reliable channel. */
    boolean handled(int channel, long number, int lengthBytes) {
        InboundStream in = streams.existingInbound(channel);
        if (in == null || (in.delivery().reliable() && !in.received().contains(number))) {
            throw new IllegalArgumentException(
                    "message " + number + " of channel " + channel + " has not come");
        }
        if (!in.handled(number)) {
            return false;
        }
        unhandledBytes -= MessageCost.of(lengthBytes);
        return true;
    }

    /**
     * What the other end says about what it sends: acks that it lacks go out, and what it has lost
     * is given up; false when a channel changed its mode.
     */
    boolean hear(Session from, Attach peer, long nowNs) {
        for (Attach.Channel there : peer.channels()) {
            boolean used = there.next() > 1;
            InboundStream in = used ? streams.inbound(there.channel(), there.delivery()) : null;
            if (used && in == null) {
                return false;
            }
            if (in != null) {
                if (peer.fresh() && peer.generation() > 1) {
                    in.sendsFrom(there.next()); // it does not know the numbers that went before
                }
                hear(from, in, there, nowNs);
            }
        }
        return true;
    }

    private void hear(Session from, InboundStream in, Attach.Channel there, long nowNs) {
        long missing = in.giveUpBelow(there.firstKept());
        if (missing > 0) {
            listener.onGap(there.channel(), there.firstKept(), missing, nowNs);
            handOutEarly(there.channel(), in, nowNs);
        }
        if (Meeting.owesAck(in, there)) {
            from.deliveryAck(there.channel(), in.handled(), nowNs);
        }
    }
}

package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.channel.OutboundStream;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that sits right on its session: numbers, keeps, orders and drops
 * duplicates. It is the listener of one session after another of the same connection; what it keeps
 * survives them, and each new one begins with both ends saying where they are (ATTACH), after which
 * each sends what the other lacks. A session that is not the latest is not listened to. Sans-IO,
 * confined to the thread of its sessions.
 */
public final class SessionEnd implements SessionListener {
    private final EndConfig config;
    private final EndListener listener;
    private final BytePool pool;
    private final ConnectionStreams streams;
    private final ChannelSet unsent = new ChannelSet();

    private @Nullable Session session;
    private boolean attached;
    private boolean sessionFull;
    private boolean roomWanted;
    private boolean over;
    private int lastChannel;
    private long generation;
    private long epoch;
    private long outboxBytes;
    private long unhandledBytes;
    private long nowNs;

    /**
     * @param pool where kept and held messages lie; of the same thread
     */
    public SessionEnd(BytePool pool, EndConfig config, EndListener listener) {
        this.pool = pool;
        this.config = config;
        this.listener = listener;
        this.epoch = config.role() == EndConfig.Role.NODE ? 1 : 0;
        this.streams = new ConnectionStreams(pool, config.creditBytes(), this::onSettled);
    }

    /** The session that it listens to; null between sessions. */
    public @Nullable Session session() {
        return session;
    }

    /** Whether the ends have met on the session at hand. */
    public boolean attached() {
        return attached;
    }

    /** Proven sessions of this connection so far. */
    public long generation() {
        return generation;
    }

    /** What is kept for the other end, each message at its cost. */
    public long outboxBytes() {
        return outboxBytes;
    }

    /** What of reliable messages has come and is not handled, each message at its cost. */
    public long unhandledBytes() {
        return unhandledBytes;
    }

    /** What the handshake of the next session may grant as first credit. */
    public long firstCreditBytes() {
        return Math.max(0, config.creditBytes() - unhandledBytes);
    }

    /**
     * Declares a channel's mode for what is sent on it; without, it is that of {@link
     * Delivery#ofChannel} from the first message on.
     *
     * @return false when the channel has another mode already
     */
    public boolean declare(int channel, Delivery delivery) {
        return streams.outbound(checked(channel), delivery) != null;
    }

    /** {@link #send(int, byte[], int, int, Object, long)} without a tag. */
    public SendResult send(int channel, byte[] bytes, int offset, int length, long atNs) {
        return send(channel, bytes, offset, length, null, atNs);
    }

    /**
     * Input: a message for the other end. Copied before the call returns. On a reliable channel it
     * is kept until the other end has handled it, also between sessions; on another it goes now or
     * never.
     *
     * @param tag comes back in {@link EndListener#onDelivered}
     * @return BACKPRESSURED when the outbox is full, and {@link EndListener#onWritable} will tell
     *     of room
     * @throws IllegalArgumentException when there is no such channel
     */
    public SendResult send(
            int channel, byte[] bytes, int offset, int length, @Nullable Object tag, long atNs) {
        nowNs = atNs;
        OutboundStream stream = streams.outbound(checked(channel));
        if (over) {
            return SendResult.CLOSED;
        }
        if (length > config.maxMessageBytes()) {
            return SendResult.TOO_LARGE;
        }
        return stream.delivery().reliable()
                ? keep(stream, bytes, offset, length, tag)
                : pass(stream, bytes, offset, length);
    }

    private static int checked(int channel) {
        if (channel < 0 || channel >= ConnectionStreams.MAX_CHANNELS) {
            throw new IllegalArgumentException("channel " + channel + " is not in 0 to 255");
        }
        return channel;
    }

    private SendResult keep(
            OutboundStream stream, byte[] bytes, int offset, int length, @Nullable Object tag) {
        int cost = MessageCost.of(length);
        if (outboxBytes + cost > config.outboxBytes() || !stream.hasRoom()) {
            roomWanted = true;
            return SendResult.BACKPRESSURED;
        }
        if (session != null && length > session.maxMessageBytes()) {
            return SendResult.TOO_LARGE;
        }
        stream.keepCopy(bytes, offset, length, tag);
        outboxBytes += cost;
        unsent.add(stream.channel());
        push();
        return SendResult.QUEUED;
    }

    private SendResult pass(OutboundStream stream, byte[] bytes, int offset, int length) {
        Session now = session;
        if (now == null || !talking()) {
            return SendResult.CLOSED;
        }
        SendResult result =
                now.send(
                        stream.channel(),
                        stream.delivery(),
                        stream.number(),
                        bytes,
                        offset,
                        length,
                        nowNs);
        roomWanted |= result == SendResult.BACKPRESSURED;
        return result;
    }

    /** The number of the last message sent on a channel, 0 when there was none. */
    public long lastNumber(int channel) {
        OutboundStream stream = streams.existingOutbound(checked(channel));
        return stream == null ? 0 : stream.next() - 1;
    }

    /**
     * Input: the application is through with a message. The other end may forget it and send as
     * much more. Harmless for a message of an unreliable channel, and the second time.
     *
     * @param lengthBytes the message's length
     * @throws IllegalArgumentException when no such message has come
     */
    public void handled(int channel, long number, int lengthBytes, long atNs) {
        nowNs = atNs;
        InboundStream stream = streams.existingInbound(checked(channel));
        if (stream == null
                || (stream.delivery().reliable() && !stream.received().contains(number))) {
            throw new IllegalArgumentException(
                    "message " + number + " of channel " + channel + " has not come");
        }
        if (!stream.handled(number)) {
            return;
        }
        unhandledBytes -= MessageCost.of(lengthBytes);
        Session now = session;
        if (now != null) {
            now.consumed(MessageCost.of(lengthBytes), nowNs);
            if (attached || config.role() == EndConfig.Role.CLIENT) {
                now.deliveryAck(channel, stream.handled(), nowNs);
            }
        }
    }

    /** Input: ends it for good, with a goodbye if there is a session; what is kept is given up. */
    public void close(CloseReason reason, long atNs) {
        nowNs = atNs;
        over = true;
        Session now = session;
        if (now != null) {
            now.close(reason, atNs);
        }
        streams.release();
    }

    @Override
    public void onConnected(Session next, long atNs) {
        nowNs = atNs;
        if (over) {
            next.close(CloseReason.CLIENT_CLOSED, atNs);
            return;
        }
        session = next;
        attached = false;
        sessionFull = false;
        if (config.role() == EndConfig.Role.CLIENT) {
            generation++;
            sayAttach(next);
            push();
        }
    }

    private void sayAttach(Session to) {
        boolean fresh = generation == 1;
        to.sendAttach(new Attach(fresh, generation, epoch, Meeting.channels(streams)), nowNs);
    }

    /** Whether messages may go: a client's first session need not wait for the other's ATTACH. */
    private boolean talking() {
        return attached || (config.role() == EndConfig.Role.CLIENT && generation == 1);
    }

    /** Gives the session what it has room for, a message of each channel in turn. */
    private void push() {
        while (session != null && talking() && !sessionFull) {
            int channel = unsent.nextAfter(lastChannel);
            if (channel < 0) {
                return;
            }
            OutboundStream stream = streams.outbound(channel);
            long number = stream.nextToSend();
            if (number == 0) {
                unsent.remove(channel);
            } else {
                lastChannel = channel;
                push(session, stream, number);
            }
        }
    }

    private void push(Session to, OutboundStream stream, long number) {
        byte[] bytes = stream.bytes(number);
        if (bytes == null) {
            throw new IllegalStateException("message " + number + " is to be sent and not kept");
        }
        int length = stream.length(number);
        SendResult result =
                to.send(stream.channel(), stream.delivery(), number, bytes, 0, length, nowNs);
        switch (result) {
            case QUEUED -> stream.sent(number);
            case BACKPRESSURED, CLOSED -> sessionFull = true;
            case TOO_LARGE -> { // it was taken while another session allowed it
                sessionFull = true;
                to.close(CloseReason.OVERLOADED, nowNs);
            }
        }
    }

    @Override
    public void onAttach(Session from, Attach peer, long atNs) {
        nowNs = atNs;
        if (from != session || !isNews(peer)) {
            return;
        }
        boolean client = config.role() == EndConfig.Role.CLIENT;
        boolean underWay = client && generation == 1 && !attached;
        boolean newOwner = client && attached;
        generation = peer.generation();
        epoch = Math.max(epoch, peer.epoch());
        Meeting.acknowledge(streams, peer);
        if (!client || newOwner) {
            sayAttach(from);
        }
        attached = true;
        if (!hear(from, peer)) {
            from.close(CloseReason.PROTOCOL_ERROR, nowNs);
            return;
        }
        if (!underWay) { // else what is sent already is this session's to bring there
            rewind(peer);
        }
        listener.onAttached(peer, nowNs);
        push();
        tellRoom();
    }

    /** Whether an ATTACH is neither repeated nor of a former session or owner. */
    private boolean isNews(Attach peer) {
        if (config.role() == EndConfig.Role.NODE) {
            return peer.generation() > generation && peer.epoch() <= epoch;
        }
        return peer.generation() == generation
                && (attached ? peer.epoch() > epoch : peer.epoch() >= epoch);
    }

    private void rewind(Attach peer) {
        Meeting.rewind(streams, peer);
        for (int channel = 0; channel < streams.outboundBound(); channel++) {
            OutboundStream stream = streams.existingOutbound(channel);
            if (stream != null && stream.delivery().reliable()) {
                unsent.add(channel);
            }
        }
    }

    /** What the other end says about what it sends; false when a channel changed its mode. */
    private boolean hear(Session from, Attach peer) {
        for (Attach.Channel there : peer.channels()) {
            if (there.next() <= 1) {
                continue; // nothing was sent on it
            }
            InboundStream in = streams.inbound(there.channel(), there.delivery());
            if (in == null) {
                return false;
            }
            in.sendsFrom(there.next());
            long missing = in.giveUpBelow(there.firstKept());
            if (missing > 0) {
                listener.onGap(there.channel(), there.firstKept(), missing, nowNs);
                handOutEarly(there.channel(), in);
            }
            if (Meeting.owesAck(in, there)) {
                from.deliveryAck(there.channel(), in.handled(), nowNs);
            }
        }
        return true;
    }

    /** Credit bounds what is reliable, and the session what is not. */
    @Override
    public boolean tryReserve(Session from, int bytes, long atNs) {
        return true;
    }

    @Override
    public void unreserve(Session from, int bytes) {}

    @Override
    public void onMessage(
            Session from,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long atNs) {
        nowNs = atNs;
        if (from != session) {
            return;
        }
        InboundStream in = streams.inbound(channel, delivery);
        if (in == null) {
            from.close(CloseReason.PROTOCOL_ERROR, atNs);
            return;
        }
        int cost = delivery.reliable() ? MessageCost.of(length) : 0;
        switch (in.arrive(number, bytes, offset, length)) {
            case TAKEN -> {
                unhandledBytes += cost;
                listener.onMessage(channel, delivery, number, bytes, offset, length, atNs);
                handOutEarly(channel, in);
            }
            case HELD -> unhandledBytes += cost;
            case STALE -> from.consumed(cost, atNs);
            case OVERFLOW -> from.close(CloseReason.PROTOCOL_ERROR, atNs);
        }
    }

    private void handOutEarly(int channel, InboundStream in) {
        for (long number = in.nextEarly(); number != 0; number = in.nextEarly()) {
            int length = in.nextEarlyLength();
            byte[] bytes = in.takeEarly();
            listener.onMessage(channel, in.delivery(), number, bytes, 0, length, nowNs);
            pool.give(bytes);
        }
    }

    /** Of no meaning to an end: only a delivery ack lets go of a message. */
    @Override
    public void onDelivered(Session from, int channel, long number, long atNs) {}

    @Override
    public void onDeliveryAck(Session from, int channel, Positions handled, long atNs) {
        nowNs = atNs;
        OutboundStream stream = streams.existingOutbound(channel);
        if (from == session && stream != null && stream.delivery().reliable()) {
            stream.acknowledge(handled);
            tellRoom();
        }
    }

    private void onSettled(
            int channel, long number, int lengthBytes, @Nullable Object tag, boolean delivered) {
        outboxBytes -= MessageCost.of(lengthBytes);
        if (delivered) {
            listener.onDelivered(channel, number, tag, nowNs);
        } else {
            listener.onGivenUp(channel, number, tag);
        }
    }

    @Override
    public void onWritable(Session from, long atNs) {
        nowNs = atNs;
        if (from == session) {
            sessionFull = false;
            push();
            tellRoom();
        }
    }

    /** Below the last eighth of the outbox it is not worth a call. */
    private void tellRoom() {
        boolean room = outboxBytes <= config.outboxBytes() - config.outboxBytes() / 8;
        if (roomWanted && room && !over) {
            roomWanted = false;
            listener.onWritable(nowNs);
        }
    }

    @Override
    public void onClosed(Session from, CloseReason reason, long atNs) {
        nowNs = atNs;
        if (from == session) {
            session = null;
            attached = false;
            listener.onClosed(reason, atNs);
        }
    }
}

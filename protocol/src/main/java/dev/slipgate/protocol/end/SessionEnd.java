package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
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
    private final boolean client;
    private final EndConfig config;
    private final EndListener listener;
    private final Outbox outbox;
    private final Inbox inbox;
    private final ConnectionStreams streams;
    private final ChannelSet acksDue = new ChannelSet();

    private @Nullable Session session;
    private boolean attached;
    private boolean over;
    private long generation;
    private long epoch;

    /**
     * @param pool where kept and held messages lie; of the same thread
     */
    public SessionEnd(BytePool pool, EndConfig config, EndListener listener) {
        this.client = config.role() == EndConfig.Role.CLIENT;
        this.config = config;
        this.listener = listener;
        this.outbox = new Outbox(pool, config, listener);
        this.streams = outbox.streams();
        this.inbox = new Inbox(streams, pool, listener);
        this.epoch = client ? 0 : 1;
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
        return outbox.bytes();
    }

    /** What of reliable messages has come and is not handled, each message at its cost. */
    public long unhandledBytes() {
        return inbox.unhandledBytes();
    }

    /**
     * What the handshake of the next session grants as first credit: the credit without what is not
     * handled yet, but always enough for a largest message, without which none would ever begin.
     */
    public long firstCreditBytes() {
        long left = config.creditBytes() - inbox.unhandledBytes();
        return Math.max(left, MessageCost.of(config.maxMessageBytes()));
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
    public SendResult send(int channel, byte[] bytes, int offset, int length, long nowNs) {
        return send(channel, bytes, offset, length, null, nowNs);
    }

    /**
     * Input: a message for the other end. Copied before the call returns. On a reliable channel it
     * is kept until the other end has handled it, also between sessions; on another it goes now or
     * never.
     *
     * @param tag comes back in {@link EndListener#onDelivered}
     * @return BACKPRESSURED when the outbox is full, and {@link EndListener#onWritable} will tell
     *     of room; CLOSED when the end is closed, or an unreliable message finds no session
     * @throws IllegalArgumentException when there is no such channel
     */
    public SendResult send(
            int channel, byte[] bytes, int offset, int length, @Nullable Object tag, long nowNs) {
        checked(channel);
        return over ? SendResult.CLOSED : outbox.send(channel, bytes, offset, length, tag, nowNs);
    }

    /** The number of the last message sent on a channel, 0 when there was none. */
    public long lastNumber(int channel) {
        OutboundStream stream = streams.existingOutbound(checked(channel));
        return stream == null ? 0 : stream.next() - 1;
    }

    private static int checked(int channel) {
        if (channel < 0 || channel >= ConnectionStreams.MAX_CHANNELS) {
            throw new IllegalArgumentException("channel " + channel + " is not in 0 to 255");
        }
        return channel;
    }

    /**
     * Input: the application is through with a message. The other end may forget it and send as
     * much more. Harmless for a message of an unreliable channel, and the second time.
     *
     * @param lengthBytes the message's length
     * @throws IllegalArgumentException when no such message has come
     */
    public void handled(int channel, long number, int lengthBytes, long nowNs) {
        boolean news = inbox.handled(checked(channel), number, lengthBytes);
        Session now = session;
        if (news && now != null) {
            now.consumed(MessageCost.of(lengthBytes), nowNs);
            acksDue.add(channel);
            sayAcks(now, nowNs);
        }
    }

    /** A session coalesces what it is told; before the client's ATTACH nobody is to be told. */
    private void sayAcks(Session to, long nowNs) {
        if (!attached && !client) {
            return;
        }
        for (int channel = acksDue.first(); channel >= 0; channel = acksDue.first()) {
            acksDue.remove(channel);
            to.deliveryAck(channel, streams.inbound(channel).handled(), nowNs);
        }
    }

    /** Input: ends it for good, with a goodbye if there is a session; what is kept is given up. */
    public void close(CloseReason reason, long nowNs) {
        over = true;
        Session now = session;
        if (now != null) {
            now.close(reason, nowNs);
        }
        streams.release();
    }

    @Override
    public void onConnected(Session next, long nowNs) {
        if (over) {
            next.close(CloseReason.CLIENT_CLOSED, nowNs);
            return;
        }
        session = next;
        attached = false;
        outbox.shut();
        if (client) {
            generation++;
            sayAttach(next, nowNs);
            if (generation == 1) { // nobody lacks anything yet
                outbox.open(next, nowNs);
            }
        }
    }

    private void sayAttach(Session to, long nowNs) {
        boolean fresh = generation == 1;
        to.sendAttach(new Attach(fresh, generation, epoch, Meeting.channels(streams)), nowNs);
    }

    @Override
    public void onAttach(Session from, Attach peer, long nowNs) {
        if (from != session || !isNews(peer)) {
            return;
        }
        boolean underWay = client && generation == 1 && !attached;
        boolean mustAnswer = !client || attached; // a client has begun, except with a new owner
        generation = peer.generation();
        epoch = Math.max(epoch, peer.epoch());
        outbox.shut();
        outbox.acknowledge(peer, nowNs);
        if (mustAnswer) {
            sayAttach(from, nowNs);
        }
        attached = true;
        if (!inbox.hear(from, peer, nowNs)) {
            from.close(CloseReason.PROTOCOL_ERROR, nowNs);
            return;
        }
        sayAcks(from, nowNs);
        if (!underWay) { // else what is sent already is this session's to bring there
            outbox.rewind(peer);
        }
        listener.onAttached(peer, nowNs);
        if (from == session) {
            outbox.open(from, nowNs);
        }
    }

    /** Whether an ATTACH is neither repeated nor of a former session or owner. */
    private boolean isNews(Attach peer) {
        if (!client) {
            return peer.generation() > generation && peer.epoch() <= epoch;
        }
        return peer.generation() == generation
                && (attached ? peer.epoch() > epoch : peer.epoch() >= epoch);
    }

    /** Credit bounds what is reliable, and the session what is not. */
    @Override
    public boolean tryReserve(Session from, int bytes, long nowNs) {
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
            long nowNs) {
        if (from == session
                && !inbox.take(from, channel, delivery, number, bytes, offset, length, nowNs)) {
            from.close(CloseReason.PROTOCOL_ERROR, nowNs);
        }
    }

    /** Of no meaning to an end: only a delivery ack lets go of a message. */
    @Override
    public void onDelivered(Session from, int channel, long number, long nowNs) {}

    @Override
    public void onDeliveryAck(Session from, int channel, Positions handled, long nowNs) {
        if (from == session) {
            outbox.acknowledge(channel, handled, nowNs);
        }
    }

    @Override
    public void onWritable(Session from, long nowNs) {
        if (from == session) {
            outbox.writable(nowNs);
        }
    }

    @Override
    public void onClosed(Session from, CloseReason reason, long nowNs) {
        if (from == session) {
            session = null;
            attached = false;
            outbox.shut();
            listener.onClosed(reason, nowNs);
        }
    }
}

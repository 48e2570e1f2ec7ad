package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the peer: tells new ones from seen ones, asks for room, gathers fragments, counts
 * credit, and hands on. A packet is weighed first, without a trace, and taken then.
 */
final class Receiver {
    /** What {@link #weigh} answers: what the packet brings can be taken. */
    static final String FITS = "";

    private static final @Nullable InChannel[] NO_CHANNELS = {};

    private final SlipgateSession session;
    private final SlipgateContext context;
    private final SessionListener listener;
    private final int largestMessageBytes;
    private final CreditIn credit;
    private @Nullable InChannel[] channels = NO_CHANNELS;
    private @Nullable Gatherings gatherings;

    // Of the packet at hand.
    private long reliableRoom;
    private long unreliableRoom;
    private int room;
    private boolean asks;
    private boolean full;
    private boolean dropsUnreliable;

    Receiver(SlipgateSession session, SlipgateContext context, CreditIn credit, int largest) {
        this.session = session;
        this.context = context;
        this.listener = context.listener();
        this.credit = credit;
        this.largestMessageBytes = largest;
    }

    /** Before a packet's frames are weighed. */
    void beginWeighing() {
        reliableRoom = 0;
        unreliableRoom = 0;
        room = 0;
        asks = false;
        full = false;
        dropsUnreliable = false;
    }

    /** Weighs a MESSAGE or FRAGMENT; {@link #FITS}, or how it breaks the protocol. */
    String weigh(FrameReader frame) {
        if (frame.total() > largestMessageBytes) {
            return "message too large";
        }
        InChannel channel = find(frame.channel());
        if (channel != null && channel.delivery != frame.delivery()) {
            return "channel changed its delivery mode";
        }
        if (channel == null || channel.isNew(frame.number())) {
            full |= channel != null && channel.isFull(frame.number());
            return weighNew(frame);
        }
        return FITS;
    }

    private String weighNew(FrameReader frame) {
        Gathering begun = gathering(frame);
        if (begun == null) {
            asks = true;
            if (frame.delivery().reliable()) {
                reliableRoom += frame.total();
            } else {
                unreliableRoom += frame.total();
            }
            return FITS;
        }
        boolean whole = FrameKind.base(frame.kind()) == FrameKind.MESSAGE;
        return whole || begun.total != frame.total() || begun.delivery != frame.delivery()
                ? "fragments do not agree"
                : FITS;
    }

    private @Nullable Gathering gathering(FrameReader frame) {
        return gatherings == null ? null : gatherings.find(frame.channel(), frame.number());
    }

    /**
     * Asks for room for what was weighed; false leaves everything as it was. Unreliable messages
     * are dropped before reliable ones are refused.
     */
    boolean tryReserve(long nowNs) {
        if (full) {
            return false;
        }
        if (!asks || reserve(reliableRoom + unreliableRoom, nowNs)) {
            return true;
        }
        dropsUnreliable = true;
        return unreliableRoom > 0 && (reliableRoom == 0 || reserve(reliableRoom, nowNs));
    }

    /** A packet of many fragments may name more bytes than an int holds. */
    private boolean reserve(long bytes, long nowNs) {
        if (bytes > Integer.MAX_VALUE || !listener.tryReserve(session, (int) bytes, nowNs)) {
            return false;
        }
        room = (int) bytes;
        return true;
    }

    /** Takes a MESSAGE or FRAGMENT of a packet that has its room. */
    void take(FrameReader frame, long nowNs) {
        InChannel channel = open(frame.channel(), frame.delivery());
        if (channel.delivery != frame.delivery()) {
            session.breach("channel changed its delivery mode", nowNs);
        } else if (!channel.isNew(frame.number())) {
            context.drops().count(DropReason.DUPLICATE_MESSAGE);
        } else if (FrameKind.base(frame.kind()) == FrameKind.FRAGMENT) {
            takeFragment(channel, frame, nowNs);
        } else if (gathering(frame) != null) {
            session.breach("fragments do not agree", nowNs);
        } else {
            takeWhole(channel, frame, nowNs);
        }
    }

    /** Gives back the room that duplicates in the packet did not use. */
    void endTaking() {
        if (room > 0) {
            listener.unreserve(session, room);
            room = 0;
        }
    }

    private void takeWhole(InChannel channel, FrameReader frame, long nowNs) {
        int length = frame.dataLength();
        if (!begins(channel, length, nowNs)) {
            return;
        }
        room -= length;
        channel.onWhole(frame.number());
        hand(
                frame.channel(),
                channel.delivery,
                frame.number(),
                frame.array(),
                frame.dataOffset(),
                length,
                nowNs);
    }

    /** Whether a message may begin: there is credit, or it needs none and has room. */
    private boolean begins(InChannel channel, int total, long nowNs) {
        if (!channel.delivery.reliable()) {
            if (dropsUnreliable) {
                context.drops().count(DropReason.UNRELIABLE_OVERFLOW);
            }
            return !dropsUnreliable;
        }
        if (credit.tryUse(MessageCost.of(total))) {
            return true;
        }
        session.breach("more than the FLOW limit", nowNs);
        return false;
    }

    private void takeFragment(InChannel channel, FrameReader frame, long nowNs) {
        Gatherings all = gatherings;
        if (all == null) {
            all = new Gatherings(session, context);
            gatherings = all;
        }
        Gathering message = all.find(frame.channel(), frame.number());
        if (message == null) {
            if (!begins(channel, frame.total(), nowNs)) {
                return;
            }
            room -= frame.total();
            message =
                    all.begin(
                            frame.channel(),
                            channel.delivery,
                            frame.number(),
                            frame.total(),
                            nowNs);
        }
        addPiece(all, channel, message, frame, nowNs);
    }

    private void addPiece(
            Gatherings all, InChannel channel, Gathering message, FrameReader frame, long nowNs) {
        int offset = frame.offsetInWhole();
        int length = frame.dataLength();
        if (message.total != frame.total()) {
            session.breach("fragments do not agree", nowNs);
            return;
        }
        switch (message.received.add(offset, length)) {
            case BROKEN -> session.breach("fragments overlap", nowNs);
            case DUPLICATE -> context.drops().count(DropReason.DUPLICATE_MESSAGE);
            case NEW -> {
                System.arraycopy(frame.array(), frame.dataOffset(), message.bytes, offset, length);
                if (message.received.covers(message.total)) {
                    complete(all, channel, message, nowNs);
                }
            }
        }
    }

    private void complete(Gatherings all, InChannel channel, Gathering message, long nowNs) {
        all.remove(message);
        channel.onWhole(message.number);
        hand(
                message.channel,
                message.delivery,
                message.number,
                message.bytes,
                0,
                message.total,
                nowNs);
        all.recycle(message);
    }

    private void hand(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        session.stats().messagesReceived++;
        listener.onMessage(
                session, channel, delivery, number, bytes, offset, length, length, nowNs);
    }

    private @Nullable InChannel find(int channel) {
        return channel < channels.length ? channels[channel] : null;
    }

    private InChannel open(int channel, Delivery delivery) {
        if (channel >= channels.length) {
            channels = Arrays.copyOf(channels, Integer.highestOneBit(Math.max(channel, 2)) * 2);
        }
        InChannel found = channels[channel];
        if (found == null) {
            found = new InChannel(delivery);
            channels[channel] = found;
        }
        return found;
    }

    /** Gives up unreliable messages whose rest never came. */
    void expire(long nowNs) {
        if (gatherings != null) {
            gatherings.expire(nowNs);
        }
    }

    /** When {@link #expire} is next due, or {@link Endpoint#NEVER}. */
    long nextExpiryNs() {
        return gatherings == null ? Endpoint.NEVER : gatherings.nextExpiryNs();
    }

    /** Gives back all room of messages in progress: the session ends. */
    void release() {
        endTaking();
        if (gatherings != null) {
            gatherings.release();
        }
    }
}

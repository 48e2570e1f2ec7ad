package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a session: tells new packets and messages from seen ones, asks for room,
 * reassembles, and hands messages on.
 */
final class Receiver {
    /** Every message of the peer arrives here: the wire does not say how it was sent. */
    static final int CHANNEL = 1;

    private final MpSession session;
    private final SessionContext context;
    private final SessionListener listener;
    private final ReplayWindow replay = new ReplayWindow();
    private final MessageDedupe dedupe = new MessageDedupe();
    private final FragmentsIn fragments;
    private int room;

    Receiver(MpSession session, SessionContext context) {
        this.session = session;
        this.context = context;
        this.listener = context.listener();
        this.fragments =
                new FragmentsIn(
                        context.settings(), context.sizes(), context.pool(), context.server());
    }

    ReplayWindow replay() {
        return replay;
    }

    /** Records a message of the handshake, which came before the session. */
    void recordHandshake(int packetNumber, long seconds, int messageNumber) {
        replay.record(packetNumber, seconds);
        dedupe.insert(messageNumber);
    }

    /** Asks for room for what the packet brings; false leaves everything as it was. */
    boolean reserve(PacketCursor packet, long nowNs) {
        room = 0;
        boolean asks = false;
        packet.rewind();
        while (packet.next()) {
            if (packet.type() == Wire.APP && !dedupe.contains(packet.number())) {
                asks |= fitsMessage(packet);
                room += fitsMessage(packet) ? packet.length() : 0;
            } else if (packet.type() == Wire.APP_FRAGMENT && !dedupe.contains(packet.number())) {
                int needed = fragments.roomNeeded(packet);
                if (needed == FragmentsIn.FULL) {
                    return false;
                }
                asks |= needed > 0;
                room += Math.max(needed, 0);
            }
        }
        return !asks || listener.tryReserve(session, room, nowNs);
    }

    /** Hands on the messages of a packet that has its room; true when one says goodbye. */
    boolean deliver(PacketCursor packet, long nowNs) {
        boolean goodbye = false;
        packet.rewind();
        while (packet.next()) {
            if (!dedupe.insert(packet.number())) {
                context.drops().count(DropReason.DUPLICATE_MESSAGE);
                continue;
            }
            switch (packet.type()) {
                case Wire.APP -> deliverWhole(packet, nowNs);
                case Wire.APP_FRAGMENT -> takeFragment(packet, nowNs);
                case Wire.DISCONNECT -> goodbye = true;
                default -> {}
            }
            if (!session.connected()) {
                return false;
            }
        }
        // A message that came twice in this packet was granted room twice.
        if (room > 0) {
            listener.unreserve(session, room);
        }
        return goodbye;
    }

    private boolean fitsMessage(PacketCursor packet) {
        return packet.length() <= context.settings().maxMessageBytes();
    }

    private void deliverWhole(PacketCursor packet, long nowNs) {
        if (!fitsMessage(packet)) {
            context.drops().count(DropReason.MESSAGE_TOO_LARGE);
            return;
        }
        room -= packet.length();
        hand(packet.bytes(), packet.offset(), packet.length(), packet.length(), nowNs);
    }

    private void takeFragment(PacketCursor packet, long nowNs) {
        int needed = fragments.roomNeeded(packet);
        if (needed < 0) {
            // FULL too: a packet's earlier fragment took the last place.
            context.drops().count(reasonOf(needed));
            return;
        }
        room -= needed;
        Reassembly complete = fragments.take(packet, nowNs);
        if (complete != null) {
            int length = complete.length(context.sizes().fragmentDataBytes());
            hand(complete.bytes, 0, length, complete.reservedBytes, nowNs);
            context.pool().give(complete.bytes);
        }
    }

    private static DropReason reasonOf(int refusal) {
        return switch (refusal) {
            case FragmentsIn.TOO_LARGE -> DropReason.MESSAGE_TOO_LARGE;
            case FragmentsIn.FULL -> DropReason.HOLD_FULL;
            default -> DropReason.BAD_FRAGMENT;
        };
    }

    private void hand(byte[] bytes, int offset, int length, int reserved, long nowNs) {
        session.stats().messagesReceived++;
        listener.onMessage(
                session, CHANNEL, Delivery.RELIABLE, 0, bytes, offset, length, reserved, nowNs);
    }

    /** Gives up fragmented messages whose rest never came. */
    void expire(long nowNs) {
        Reassembly expired;
        while ((expired = fragments.pollExpired(nowNs)) != null) {
            context.drops().count(DropReason.FRAGMENT_EXPIRED);
            giveBack(expired);
        }
    }

    /** Gives back all room of messages in progress: the session ends. */
    void release() {
        @Nullable Reassembly message;
        while ((message = fragments.poll()) != null) {
            giveBack(message);
        }
    }

    private void giveBack(Reassembly message) {
        context.pool().give(message.bytes);
        listener.unreserve(session, message.reservedBytes);
    }

    /** When {@link #expire} is next worth calling, or {@link Long#MAX_VALUE}. */
    long nextExpiryNs() {
        return fragments.nextExpiryNs();
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import dev.slipgate.protocol.slipgate.recovery.PacketFate;
import dev.slipgate.protocol.slipgate.recovery.ReceivedPackets;
import dev.slipgate.protocol.slipgate.recovery.Recovery;
import dev.slipgate.protocol.slipgate.recovery.RttEstimator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fills packets, and learns what became of them: what was lost goes first, then what the peer must
 * know, then messages. On a stream nothing is remembered: what was written has arrived.
 */
final class Sender implements PacketFate {
    /**
     * What a part leaves free in a packet, so that it fits again behind an ACK: one of some ten
     * ranges.
     */
    private static final int ACK_ROOM_BYTES = 32;

    /** The smallest part of a message that is worth its head. */
    private static final int MIN_PART_BYTES = 128;

    private final SlipgateSession session;
    private final PacketContents contents;
    private final boolean remembers;
    private final Recovery recovery;
    private final ReceivedPackets received;
    private final Outbox outbox;
    private final CreditIn creditIn;
    private final DeliveredList delivered;

    /** What goes before new messages: frames kept as bytes, and what lost packets carried. */
    private final EntryQueue due;

    /** What the packet at hand carries. */
    private final EntryQueue carried;

    private @Nullable DeliveryAcks deliveryAcks;
    private long reported = PacketNumbers.NONE;
    private final FrameWriter writer;

    Sender(
            SlipgateSession session,
            SlipgateContext context,
            boolean remembers,
            Recovery recovery,
            ReceivedPackets received,
            Outbox outbox,
            CreditIn creditIn) {
        this.session = session;
        this.contents = context.contents();
        this.delivered = context.delivered();
        this.writer = context.writer();
        this.remembers = remembers;
        this.recovery = recovery;
        this.received = received;
        this.outbox = outbox;
        this.creditIn = creditIn;
        this.due = new EntryQueue(contents);
        this.carried = new EntryQueue(contents);
    }

    /** A frame that goes before messages, and again if it is lost. */
    void offerFrame(byte[] frame) {
        due.add(contents.frame(frame));
    }

    /** The bytes of a whole packet's frames that a frame of {@link #offerFrame} may have. */
    static int maxFrameBytes(int roomBytes) {
        return roomBytes - ACK_ROOM_BYTES;
    }

    DeliveryAcks deliveryAcks() {
        DeliveryAcks acks = deliveryAcks;
        if (acks == null) {
            acks = new DeliveryAcks();
            deliveryAcks = acks;
        }
        return acks;
    }

    /** When a delivery ack must leave, though nothing else does; or {@link Endpoint#NEVER}. */
    long deliveryAckDueNs() {
        return deliveryAcks == null ? Endpoint.NEVER : deliveryAcks.dueNs();
    }

    /** Whether anything waits that the congestion window may hold back. */
    boolean hasWork(long nowNs) {
        return due.peek() != PacketContents.NONE
                || deliveryAckDueNs() <= nowNs
                || creditIn.due()
                || outbox.peek(nowNs) != null;
    }

    /** Writes an ACK if there is anything new to say; one that leaves room for what was lost. */
    void fillAck(long nowNs) {
        if (!received.hasUnreported()) {
            return;
        }
        int maxBytes = due.isEmpty() ? writer.roomBytes() : ACK_ROOM_BYTES;
        int told = writer.ack(received, maxBytes, nowNs);
        if (told > 0) {
            // What was left out is not known to the peer when it has this one.
            reported = told == received.rangeCount() ? received.largest() : PacketNumbers.NONE;
            received.onAckSent();
        }
        if (told > 0 && !remembers) {
            // Nobody acknowledges an ACK on a stream, and none gets lost there.
            received.onAckAcked(received.largest());
        }
    }

    /** Writes all that waits, as far as it fits. */
    void fillWork(long nowNs) {
        if (fillDue()) {
            fillDeliveryAcks();
            fillFlow();
            fillMessages(nowNs);
        }
    }

    /** False when something did not fit: what comes behind must not push it out. */
    private boolean fillDue() {
        int entry;
        while ((entry = due.peek()) != PacketContents.NONE) {
            if (!tryWrite(entry)) {
                return false;
            }
            due.poll();
            if (remembers) {
                carried.add(entry);
            } else {
                contents.free(entry);
            }
        }
        return true;
    }

    private boolean tryWrite(int entry) {
        if (contents.kind(entry) == PacketContents.FRAME) {
            return writer.tryFrame(contents.frameBytes(entry));
        }
        OutMessage message = Objects.requireNonNull(contents.wantedMessage(entry));
        return tryWritePart(message, contents.offset(entry), contents.length(entry));
    }

    private boolean tryWritePart(OutMessage message, int offset, int length) {
        if (length == message.length) {
            return writer.tryMessage(
                    message.channel,
                    message.delivery,
                    message.number,
                    message.bytes,
                    message.length);
        }
        return writer.tryFragment(
                message.channel,
                message.delivery,
                message.number,
                message.bytes,
                message.length,
                offset,
                length);
    }

    private void fillDeliveryAcks() {
        DeliveryAcks acks = deliveryAcks;
        while (acks != null && acks.anyDue()) {
            int channel = acks.nextDue();
            if (!acks.tryWrite(channel, writer)) {
                return;
            }
            if (remembers) {
                carried.add(contents.deliveryAck(channel, acks.version(channel)));
            }
        }
    }

    private void fillFlow() {
        boolean now = creditIn.due() || (creditIn.welcome() && !writer.isEmpty());
        if (now && writer.tryFlow(creditIn.limitBytes())) {
            creditIn.onTold();
            if (remembers) {
                carried.add(contents.flow(creditIn.limitBytes()));
            }
        }
    }

    private void fillMessages(long nowNs) {
        OutChannel channel;
        while ((channel = outbox.peek(nowNs)) != null) {
            OutMessage message = Objects.requireNonNull(channel.head);
            int length = nextPartBytes(message);
            if (length < 0) {
                return;
            }
            int offset = message.nextOffset;
            tryWritePart(message, offset, length);
            int part = outbox.onPartSent(channel, length);
            if (remembers && message.delivery.reliable()) {
                carried.add(contents.part(message, part, offset, length));
            } else if (message.allSent()) {
                onGone(message);
            }
        }
    }

    /** How much of a message goes into the rest of the packet; -1 for nothing. */
    private int nextPartBytes(OutMessage message) {
        int room = writer.roomBytes() - partReserveBytes();
        int whole = FrameWriter.messageBytes(message.number, message.length);
        if (!message.begun && whole <= session.packetRoomBytes() - partReserveBytes()) {
            return whole <= writer.roomBytes() ? message.length : -1;
        }
        room -= FrameWriter.fragmentHeadBytes(message.number, message.length);
        int left = message.length - message.nextOffset;
        return room >= Math.min(left, MIN_PART_BYTES) ? Math.min(left, room) : -1;
    }

    /** What is kept free of parts that may have to be sent again. */
    private int partReserveBytes() {
        return remembers ? ACK_ROOM_BYTES : 0;
    }

    private void onGone(OutMessage message) {
        if (message.delivery.reliable()) {
            delivered.add(message.channel, message.number);
        }
        outbox.forget(message);
    }

    /** What the packet that was filled carries; the next one begins with nothing. */
    int takeChain() {
        return carried.takeAll();
    }

    /** The largest number that the ACK in the packet names, or {@code PacketNumbers.NONE}. */
    long takeReported() {
        long taken = reported;
        reported = PacketNumbers.NONE;
        return taken;
    }

    /** Puts what the oldest packet under way carries before all else, for a probe. */
    void repeatOldest() {
        int entry = due.isEmpty() ? recovery.oldestHandle() : PacketContents.NONE;
        for (; entry != PacketContents.NONE; entry = contents.next(entry)) {
            switch (contents.kind(entry)) {
                case PacketContents.DELIVERY_ACK, PacketContents.FLOW -> repeatNewest(entry);
                case PacketContents.PART -> {
                    if (contents.wantedMessage(entry) != null) {
                        due.add(contents.copy(entry));
                    }
                }
                default -> due.add(contents.copy(entry));
            }
        }
    }

    private void repeatNewest(int entry) {
        if (contents.kind(entry) == PacketContents.FLOW) {
            creditIn.onLost(contents.tag(entry));
        } else {
            deliveryAcks().onLost(contents.index(entry), contents.tag(entry));
        }
    }

    @Override
    public void onAcked(long number, int handle, long reportedByIt) {
        received.onAckAcked(reportedByIt);
        session.stats().packetsAcked++;
        for (int entry = handle; entry != PacketContents.NONE; ) {
            int next = contents.next(entry);
            OutMessage message =
                    contents.kind(entry) == PacketContents.PART
                            ? contents.wantedMessage(entry)
                            : null;
            if (message != null) {
                message.onAcked(contents.index(entry));
                if (message.allAcked()) {
                    onGone(message);
                }
            }
            contents.free(entry);
            entry = next;
        }
    }

    @Override
    public void onLost(long number, int handle) {
        for (int entry = handle; entry != PacketContents.NONE; ) {
            int next = contents.next(entry);
            switch (contents.kind(entry)) {
                case PacketContents.DELIVERY_ACK, PacketContents.FLOW -> {
                    repeatNewest(entry);
                    contents.free(entry);
                }
                default -> due.add(entry);
            }
            entry = next;
        }
    }

    /** Writes down what an ACK or a timeout has changed. */
    void noteStats() {
        SessionStats stats = session.stats();
        RttEstimator rtt = recovery.rtt();
        stats.rttNs = rtt.sampled() ? rtt.smoothedNs() : 0;
        stats.latencyNs = stats.rttNs / 2;
        stats.jitterNs = rtt.jitterNs();
        stats.packetsTimedOut = recovery.packetsLost();
        stats.spuriousLosses = recovery.spuriousLosses();
        stats.lossOut = recovery.lossRatio();
        stats.bytesInFlight = recovery.bytesInFlight();
        stats.congestionWindowBytes = remembers ? recovery.windowBytes() : 0;
    }

    /** Forgets everything: the session ends. */
    void release() {
        recovery.abandon(this);
        due.release();
        outbox.release();
    }
}

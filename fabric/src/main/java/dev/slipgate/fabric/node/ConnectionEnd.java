package dev.slipgate.fabric.node;

import dev.slipgate.fabric.link.LinkConnection;
import dev.slipgate.fabric.link.MessageAssembly;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.OutboundStream;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.link.FrameReader;
import dev.slipgate.protocol.link.FrameWriter;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memory.SingleWriterCounter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection at its node, the end of its streams: numbers and keeps what was sent until its
 * delivery ack, writes units whole and in order, and acknowledges a message only with the unit of
 * the run that handled it. Confined to the lane's thread.
 */
final class ConnectionEnd extends LinkConnection {
    final LaneConnection connection;
    final GatewayPeer gateway;
    final MessageAssembly assembly;

    private final ConnectionStreams streams;
    private final long idValue;
    private final int mailboxBytes;
    private final int maxMessageBytes;
    private final long downWindowBytes;
    private final BytePool pool;
    private final SingleWriterCounter received;
    private final Consumer<ConnectionEnd> onClosed;
    private final Deque<Unit> units = new ArrayDeque<>();
    private final Positions handledByClient = new Positions();
    private int sendingOffset;
    private long inFlightBytes;
    private long receivedBytes;
    private long handledBytes;
    private long grantedBytes;
    private boolean creditDue;
    private boolean ended;

    /**
     * @param downWindowBytes reliable bytes that the gateway takes before it has delivered some
     * @param received counts messages that the mailbox gets
     * @param onClosed called when CLOSE is written and nothing more goes anywhere
     */
    ConnectionEnd(
            LaneConnection connection,
            GatewayPeer gateway,
            NodeLaneConfig config,
            long downWindowBytes,
            BytePool pool,
            SingleWriterCounter received,
            Consumer<ConnectionEnd> onClosed) {
        this.connection = connection;
        this.gateway = gateway;
        this.idValue = connection.id().value();
        this.mailboxBytes = config.creditBytes();
        this.maxMessageBytes = config.maxMessageBytes();
        this.downWindowBytes = downWindowBytes;
        this.pool = pool;
        this.received = received;
        this.onClosed = onClosed;
        this.grantedBytes = mailboxBytes;
        this.assembly = new MessageAssembly(config.maxMessageBytes());
        this.streams =
                new ConnectionStreams(
                        pool,
                        mailboxBytes,
                        (channel, number, lengthBytes, tag, delivered) ->
                                settled(lengthBytes, tag, delivered));
    }

    private void settled(int lengthBytes, @Nullable Object tag, boolean delivered) {
        inFlightBytes -= LinkWire.costOf(lengthBytes);
        connection.leftOutbox(lengthBytes);
        if (tag instanceof MessageReceipt receipt) {
            receipt.settle(delivered ? Receipt.State.DELIVERED : Receipt.State.UNKNOWN);
        }
    }

    /** A DATA frame of the gateway; false when no honest one would send it. */
    boolean onData(FrameReader frame) {
        if (ended || connection.closing()) {
            return true;
        }
        if (frame.whole()) {
            return onMessage(frame, frame.array(), frame.dataOffset(), frame.dataLength());
        }
        if (frame.firstOfMany() && frame.totalLength() > maxMessageBytes) {
            // The gateway's bound is configured apart from ours: no reason to lose all others.
            connection.close(CloseReason.OVERLOADED, "a message above node.max-message-bytes");
            return true;
        }
        if (!assembly.add(frame)) {
            return false;
        }
        if (!frame.last()) {
            return true;
        }
        byte[] whole = assembly.take();
        return onMessage(frame, whole, 0, whole.length);
    }

    private boolean onMessage(FrameReader frame, byte[] bytes, int offset, int length) {
        int cost = LinkWire.costOf(length);
        receivedBytes += cost;
        if (receivedBytes > grantedBytes) {
            return false; // beyond the credit: the mailbox has no room for it
        }
        int channel = frame.channel();
        InboundStream in = streams.inbound(channel, frame.delivery());
        if (in == null) {
            connection.close(CloseReason.PROTOCOL_ERROR, "a channel changed its delivery mode");
            return true;
        }
        switch (in.arrive(frame.number(), bytes, offset, length)) {
            case TAKEN -> {
                connection.clientSends(channel, in.delivery());
                boolean own = bytes != frame.array();
                byte[] content = own ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
                post(channel, frame.number(), content);
                postEarly(channel, in);
            }
            case HELD -> {}
            case STALE -> {
                handledBytes += cost;
                grantIfDue();
            }
            case OVERFLOW -> connection.close(CloseReason.OVERLOADED, "too many early messages");
        }
        return true;
    }

    private void postEarly(int channel, InboundStream in) {
        for (long number = in.nextEarly(); number != 0; number = in.nextEarly()) {
            int length = in.nextEarlyLength();
            byte[] held = in.takeEarly();
            post(channel, number, Arrays.copyOf(held, length));
            pool.give(held);
        }
    }

    private void post(int channel, long number, byte[] bytes) {
        received.add(1);
        connection.post(new Mailbox.Event.Message(channel, number, bytes));
    }

    /** Tells the gateway that the connection is here: the client waits for that. */
    void confirm() {
        creditDue = true;
        gateway.queue().wantsControl(this);
    }

    /** The client has what the frame says. */
    void onDeliveryAck(FrameReader frame) {
        var stream = streams.existingOutbound(frame.channel());
        if (stream == null) {
            return;
        }
        frame.handled(handledByClient);
        stream.acknowledge(handledByClient);
        if (!units.isEmpty()) {
            gateway.queue().wantsData(this);
        }
    }

    /** A unit is to be sent: numbers its messages, in the order in which units come. */
    void enqueue(Unit unit) {
        handledBytes += unit.handledCost;
        if (ended) {
            unit.messages().forEach(connection::forget);
            return;
        }
        if (!number(unit.messages())) {
            connection.close(CloseReason.OVERLOADED, "the client leaves a message unhandled");
            return;
        }
        units.add(unit);
        gateway.queue().wantsData(this);
        grantIfDue();
        CloseReason reason = unit.closeReason();
        if (reason != null) {
            connection.ended(reason, true);
        }
    }

    /** Numbers and keeps; false when a channel has no room, and nothing from there on is kept. */
    private boolean number(List<Outgoing> messages) {
        for (int i = 0; i < messages.size(); i++) {
            Outgoing message = messages.get(i);
            OutboundStream stream = streams.outbound(message.channel, message.delivery);
            if (stream == null || !stream.hasRoom()) {
                messages.subList(i, messages.size()).forEach(connection::forget);
                return false;
            }
            message.number =
                    message.delivery.reliable()
                            ? stream.keep(message.bytes, message.bytes.length, message.receipt)
                            : stream.number();
        }
        return true;
    }

    /**
     * Credit goes in quarters, so that it costs few frames; but at once when the largest message
     * would not fit into what is left, since the gateway may wait with just that.
     */
    private void grantIfDue() {
        long grant = handledBytes + mailboxBytes - grantedBytes;
        boolean scarce = grantedBytes - receivedBytes < LinkWire.costOf(maxMessageBytes);
        if (grant >= mailboxBytes / 4 || (scarce && grant > 0)) {
            creditDue = true;
            gateway.queue().wantsControl(this);
        }
    }

    /** Nothing more goes anywhere: what is kept is given up. */
    void end() {
        ended = true;
        for (Unit unit : units) {
            for (Outgoing message = unit.nextMessage();
                    message != null;
                    message = unit.nextMessage()) {
                if (!message.delivery.reliable()) {
                    connection.forget(message);
                }
                unit.messageWritten();
            }
        }
        units.clear();
        streams.release();
    }

    @Override
    protected boolean writeControl(FrameWriter out) {
        if (creditDue && !ended) {
            long limit = handledBytes + mailboxBytes;
            if (!out.credit(idValue, limit)) {
                return false;
            }
            grantedBytes = limit;
            creditDue = false;
        }
        return true;
    }

    @Override
    protected DataStep writeData(FrameWriter out) {
        Unit unit = units.peek();
        if (unit == null) {
            return DataStep.DONE;
        }
        if (unit.ackDue() && !writeAck(out, unit)) {
            return DataStep.NO_ROOM;
        }
        Outgoing message = unit.nextMessage();
        if (message != null) {
            DataStep step = writeMessage(out, unit, message);
            if (step != DataStep.DONE) {
                return step;
            }
        }
        return unitWritten(out, unit);
    }

    private boolean writeAck(FrameWriter out, Unit unit) {
        var handled = streams.inbound(unit.handledChannel);
        handled.handled(unit.handledNumber);
        int flags = unit.messages().isEmpty() ? LinkWire.FLAG_UNIT_END : 0;
        if (!out.deliveryAck(idValue, unit.handledChannel, flags, handled.handled())) {
            return false;
        }
        unit.ackWritten();
        return true;
    }

    /** DONE when that was the unit's last frame. */
    private DataStep writeMessage(FrameWriter out, Unit unit, Outgoing message) {
        int total = message.bytes.length;
        boolean reliable = message.delivery.reliable();
        if (sendingOffset == 0
                && reliable
                && inFlightBytes + LinkWire.costOf(total) > downWindowBytes) {
            return DataStep.BLOCKED;
        }
        int length = Math.min(total - sendingOffset, LinkWire.MAX_DATA_BYTES);
        if (out.dataRoom() < length) {
            return DataStep.NO_ROOM;
        }
        boolean last = sendingOffset + length == total;
        int flags = sendingOffset == 0 ? LinkWire.FLAG_FIRST : 0;
        if (last) {
            flags |= LinkWire.FLAG_LAST | (unit.onLastMessage() ? LinkWire.FLAG_UNIT_END : 0);
        }
        out.data(
                idValue,
                message.channel,
                flags,
                message.delivery,
                message.number,
                total,
                message.bytes,
                sendingOffset,
                length);
        sendingOffset = last ? 0 : sendingOffset + length;
        if (!last) {
            return DataStep.MORE;
        }
        if (reliable) {
            inFlightBytes += LinkWire.costOf(total);
        } else {
            connection.leftOutbox(total);
        }
        unit.messageWritten();
        return unit.nextMessage() == null ? DataStep.DONE : DataStep.MORE;
    }

    private DataStep unitWritten(FrameWriter out, Unit unit) {
        CloseReason reason = unit.closeReason();
        if (reason != null) {
            if (!out.close(idValue, reason.code(), unit.closeDetail())) {
                return DataStep.NO_ROOM;
            }
            onClosed.accept(this);
            return DataStep.DONE;
        }
        units.remove();
        return units.isEmpty() ? DataStep.DONE : DataStep.MORE;
    }
}

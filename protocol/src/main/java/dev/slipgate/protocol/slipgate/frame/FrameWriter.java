package dev.slipgate.protocol.slipgate.frame;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BigEndian;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.slipgate.packet.Varint;
import dev.slipgate.protocol.slipgate.recovery.ReceivedPackets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes frames one behind the other into a packet, each whole or not at all. A reused view on the
 * packet's bytes; confined to one thread. What begins with {@code try} answers whether it fitted.
 */
public final class FrameWriter {
    private static final int ACK_DELAY_UNIT_NS = 1_000;

    /** What {@link #token} needs beside the part of the token, at most. */
    public static final int TOKEN_HEAD_BYTES = 2 + 3 * 2;

    private byte[] out = {};
    private int begin;
    private int at;
    private int limit;
    private boolean eliciting;

    /** Starts on the bytes from {@code offset}, up to but without {@code end}. */
    public void begin(byte[] packet, int offset, int end) {
        out = packet;
        begin = offset;
        at = offset;
        limit = end;
        eliciting = false;
    }

    /** Where the next frame would begin. */
    public int at() {
        return at;
    }

    public int roomBytes() {
        return limit - at;
    }

    public boolean isEmpty() {
        return at == begin;
    }

    /** Whether the packet so far is one to be acknowledged. */
    public boolean eliciting() {
        return eliciting;
    }

    /** Fills up with PADDING to this offset; nothing when it is reached already. */
    public void padTo(int offset) {
        if (at < offset) {
            Arrays.fill(out, at, offset, (byte) FrameKind.PADDING);
            at = offset;
        }
    }

    public boolean tryPing() {
        return tryFixed(FrameKind.PING, 0);
    }

    public boolean tryChallenge(long challenge) {
        return tryLong(FrameKind.PATH_CHALLENGE, challenge);
    }

    public boolean tryResponse(long challenge) {
        return tryLong(FrameKind.PATH_RESPONSE, challenge);
    }

    private boolean tryLong(int kind, long value) {
        if (!tryFixed(kind, Long.BYTES)) {
            return false;
        }
        BigEndian.put64(out, at - Long.BYTES, value);
        return true;
    }

    private boolean tryFixed(int kind, int bodyBytes) {
        if (roomBytes() < 1 + bodyBytes) {
            return false;
        }
        out[at] = (byte) kind;
        at += 1 + bodyBytes;
        eliciting = true;
        return true;
    }

    public boolean tryFlow(long limitBytes) {
        if (roomBytes() < 1 + Varint.length(limitBytes)) {
            return false;
        }
        kind(FrameKind.FLOW);
        varint(limitBytes);
        return true;
    }

    /** A frame that is bytes already, its kind included. */
    public boolean tryFrame(byte[] frame) {
        if (roomBytes() < frame.length) {
            return false;
        }
        System.arraycopy(frame, 0, out, at, frame.length);
        at += frame.length;
        eliciting = true;
        return true;
    }

    /**
     * ACK with the newest ranges, as many as fit the room and {@code maxBytes}.
     *
     * @param received with at least one range
     * @return how many ranges it tells; 0 when nothing was written
     */
    public int ack(ReceivedPackets received, int maxBytes, long nowNs) {
        long largest = received.largest();
        long delay = Math.max(received.ackDelayNs(nowNs), 0) / ACK_DELAY_UNIT_NS;
        long first = received.rangeHigh(0) - received.rangeLow(0);
        int room = Math.min(maxBytes, roomBytes());
        room -= 2 + Varint.length(largest) + Varint.length(delay) + Varint.length(first);
        if (room < 0) {
            return 0;
        }
        int ranges = 0;
        while (ranges + 1 < received.rangeCount() && ranges < FrameKind.MAX_ACK_RANGES) {
            room -= Varint.length(gap(received, ranges)) + Varint.length(span(received, ranges));
            if (room < 0) {
                break;
            }
            ranges++;
        }
        out[at++] = FrameKind.ACK;
        varint(largest);
        varint(delay);
        varint(ranges);
        varint(first);
        for (int i = 0; i < ranges; i++) {
            varint(gap(received, i));
            varint(span(received, i));
        }
        return 1 + ranges;
    }

    private static long gap(ReceivedPackets received, int range) {
        return received.rangeLow(range) - received.rangeHigh(range + 1) - 2;
    }

    private static long span(ReceivedPackets received, int range) {
        return received.rangeHigh(range + 1) - received.rangeLow(range + 1);
    }

    /** DELIVERY_ACK with as many of the lowest ranges as fit. */
    public boolean tryDeliveryAck(int channel, Positions handled) {
        if (roomBytes() < 2) {
            return false;
        }
        int end = PositionsWire.write(out, at + 2, limit, handled);
        if (end == PositionsWire.NO_ROOM) {
            return false;
        }
        kind(FrameKind.DELIVERY_ACK);
        out[at] = (byte) channel;
        at = end;
        return true;
    }

    /** Bytes of a MESSAGE. */
    public static int messageBytes(long number, int lengthBytes) {
        return 2 + Varint.length(number) + Varint.length(lengthBytes) + lengthBytes;
    }

    public boolean tryMessage(
            int channel, Delivery delivery, long number, byte[] bytes, int lengthBytes) {
        if (roomBytes() < messageBytes(number, lengthBytes)) {
            return false;
        }
        kind(FrameKind.MESSAGE | delivery.ordinal());
        out[at++] = (byte) channel;
        varint(number);
        varint(lengthBytes);
        copy(bytes, 0, lengthBytes);
        return true;
    }

    /** Bytes of a FRAGMENT without its part of the message, at most. */
    public static int fragmentHeadBytes(long number, int totalBytes) {
        return 2 + Varint.length(number) + 3 * Varint.length(totalBytes);
    }

    /**
     * FRAGMENT with {@code lengthBytes} of a message from {@code offset}.
     *
     * @param message the whole, from offset 0
     */
    public boolean tryFragment(
            int channel,
            Delivery delivery,
            long number,
            byte[] message,
            int totalBytes,
            int offset,
            int lengthBytes) {
        if (roomBytes() < fragmentHeadBytes(number, totalBytes) + lengthBytes) {
            return false;
        }
        kind(FrameKind.FRAGMENT | delivery.ordinal());
        out[at++] = (byte) channel;
        varint(number);
        varint(totalBytes);
        varint(offset);
        varint(lengthBytes);
        copy(message, offset, lengthBytes);
        return true;
    }

    /** CLOSE; a reason that is too long is cut. */
    public void close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, FrameKind.MAX_REASON_BYTES);
        while (length > 0 && length < text.length && (text[length] & 0xc0) == 0x80) {
            length--; // not in the midst of a character
        }
        out[at++] = FrameKind.CLOSE;
        varint(code);
        varint(length);
        copy(text, 0, length);
    }

    /** A TOKEN frame as bytes, with the part of the token from {@code offset}. */
    public static byte[] token(int sort, byte[] token, int offset, int lengthBytes) {
        require("bytes", token.length, FrameKind.MAX_TOKEN_BYTES);
        var frame = new byte[TOKEN_HEAD_BYTES + lengthBytes];
        frame[0] = FrameKind.TOKEN;
        frame[1] = (byte) sort;
        int end = Varint.write(frame, 2, token.length);
        end = Varint.write(frame, end, offset);
        end = Varint.write(frame, end, lengthBytes);
        System.arraycopy(token, offset, frame, end, lengthBytes);
        return Arrays.copyOf(frame, end + lengthBytes);
    }

    /** A TICKET frame as bytes. */
    public static byte[] ticket(Ticket ticket) {
        var writer = owning(FrameKind.TICKET);
        writer.varint(ticket.lifetimeSeconds());
        writer.counted(ticket.ticket(), FrameKind.MAX_TICKET_BYTES);
        require("gateways", ticket.gateways().size(), FrameKind.MAX_GATEWAYS);
        writer.varint(ticket.gateways().size());
        for (String gateway : ticket.gateways()) {
            writer.counted(gateway.getBytes(StandardCharsets.UTF_8), FrameKind.MAX_GATEWAY_BYTES);
        }
        return Arrays.copyOf(writer.out, writer.at);
    }

    /** A REDIRECT frame as bytes. */
    public static byte[] redirect(Redirect redirect) {
        var writer = owning(FrameKind.REDIRECT);
        writer.counted(
                redirect.gateway().getBytes(StandardCharsets.UTF_8), FrameKind.MAX_GATEWAY_BYTES);
        writer.counted(redirect.ticket(), FrameKind.MAX_TICKET_BYTES);
        return Arrays.copyOf(writer.out, writer.at);
    }

    private static FrameWriter owning(int kind) {
        var writer = new FrameWriter();
        writer.begin(new byte[1200], 0, 1200); // above the sum of the bounds of either
        writer.kind(kind);
        return writer;
    }

    private void counted(byte[] bytes, int maxBytes) {
        require("bytes", bytes.length, maxBytes);
        varint(bytes.length);
        copy(bytes, 0, bytes.length);
    }

    private static void require(String what, int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException(value + " " + what + ", more than " + most);
        }
    }

    private void kind(int kind) {
        out[at++] = (byte) kind;
        eliciting = true;
    }

    private void varint(long value) {
        at = Varint.write(out, at, value);
    }

    private void copy(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, out, at, length);
        at += length;
    }
}

package dev.slipgate.protocol.link;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BigEndian;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames into a batch, one after another. Every method answers false, and writes nothing,
 * when the frame does not fit any more. Reused; confined to one thread.
 */
public final class FrameWriter {
    private static final int MAX_TEXT_BYTES = 200;

    private byte[] bytes = {};
    private int position;
    private int limit;
    private int messages;

    /** Starts on a batch whose frames lie from {@code offset} to {@code limit}. */
    public void begin(byte[] batch, int offset, int limit) {
        this.bytes = batch;
        this.position = offset;
        this.limit = limit;
        this.messages = 0;
    }

    /** Where the next frame would begin. */
    public int position() {
        return position;
    }

    /** DATA frames written since {@link #begin}. */
    public int messages() {
        return messages;
    }

    /** Room for message bytes in a DATA frame now; negative when there is none. */
    public int dataRoom() {
        return limit - position - LinkWire.FRAME_HEADER_BYTES - LinkWire.DATA_FIXED_BYTES - 4;
    }

    /**
     * OPEN: connection (8), generation (4), epoch (4), capabilities (4), credit downwards (8),
     * dialect and address, each as length (1) and UTF-8; identity as length (2) and UTF-8.
     *
     * @throws IllegalArgumentException when the identity is longer than {@link
     *     LinkWire#MAX_IDENTITY_BYTES}
     */
    public boolean open(
            long connection,
            int generation,
            int epoch,
            int capabilities,
            long downLimit,
            String dialect,
            String address,
            String identity) {
        byte[] dialectBytes = text(dialect);
        byte[] addressBytes = text(address);
        byte[] identityBytes = identity.getBytes(StandardCharsets.UTF_8);
        if (identityBytes.length > LinkWire.MAX_IDENTITY_BYTES) {
            throw new IllegalArgumentException("an identity of " + identityBytes.length + " bytes");
        }
        int texts = dialectBytes.length + addressBytes.length + identityBytes.length;
        if (!header(LinkWire.OPEN, 32 + texts)) {
            return false;
        }
        long64(connection);
        int32(generation);
        int32(epoch);
        int32(capabilities);
        long64(downLimit);
        text(dialectBytes);
        text(addressBytes);
        int16(identityBytes.length);
        raw(identityBytes);
        return true;
    }

    /**
     * DATA: connection (8), channel (1), flags (1), number (8), the length of the whole message (4;
     * only in the first of several fragments), bytes.
     *
     * @param flags FIRST, LAST and UNIT_END; the delivery mode is added here
     * @param totalLength of the whole message
     */
    public boolean data(
            long connection,
            int channel,
            int flags,
            Delivery delivery,
            long number,
            int totalLength,
            byte[] from,
            int offset,
            int length) {
        boolean firstOfMany =
                (flags & LinkWire.FLAG_FIRST) != 0 && (flags & LinkWire.FLAG_LAST) == 0;
        if (!header(LinkWire.DATA, LinkWire.DATA_FIXED_BYTES + (firstOfMany ? 4 : 0) + length)) {
            return false;
        }
        long64(connection);
        int8(channel);
        int8(flags | delivery.ordinal() << LinkWire.DELIVERY_SHIFT);
        long64(number);
        if (firstOfMany) {
            int32(totalLength);
        }
        System.arraycopy(from, offset, bytes, position, length);
        position += length;
        messages++;
        return true;
    }

    /**
     * DELIVERY_ACK: connection (8), channel (1), flags (1), up to (8), count of ranges (1), each
     * from (8) and to (8); the lowest {@link LinkWire#MAX_ACK_RANGES} ranges.
     */
    public boolean deliveryAck(long connection, int channel, int flags, Positions handled) {
        int ranges = Math.min(handled.rangeCount(), LinkWire.MAX_ACK_RANGES);
        if (!header(LinkWire.DELIVERY_ACK, 19 + 16 * ranges)) {
            return false;
        }
        long64(connection);
        int8(channel);
        int8(flags);
        long64(handled.upTo());
        int8(ranges);
        for (int i = 0; i < ranges; i++) {
            long64(handled.rangeFrom(i));
            long64(handled.rangeTo(i));
        }
        return true;
    }

    /** DELIVERY_ACK of everything up to a number, without ranges. */
    public boolean deliveryAck(long connection, int channel, int flags, long upTo) {
        if (!header(LinkWire.DELIVERY_ACK, 19)) {
            return false;
        }
        long64(connection);
        int8(channel);
        int8(flags);
        long64(upTo);
        int8(0);
        return true;
    }

    /**
     * CREDIT: connection (8; 0 is the link itself), the count of bytes up to which the other side
     * may send (8).
     */
    public boolean credit(long connection, long limitBytes) {
        if (!header(LinkWire.CREDIT, 16)) {
            return false;
        }
        long64(connection);
        long64(limitBytes);
        return true;
    }

    /** CLOSE: connection (8), code (2), detail as length (1) and UTF-8. */
    public boolean close(long connection, int code, String detail) {
        byte[] detailBytes = text(detail);
        if (!header(LinkWire.CLOSE, 11 + detailBytes.length)) {
            return false;
        }
        long64(connection);
        int16(code);
        text(detailBytes);
        return true;
    }

    /** HEARTBEAT: connections on the sender (4), 1 when it accepts more (1). */
    public boolean heartbeat(int connections, boolean accepting) {
        if (!header(LinkWire.HEARTBEAT, 5)) {
            return false;
        }
        int32(connections);
        int8(accepting ? 1 : 0);
        return true;
    }

    /**
     * QUALITY: connection (8), then six counts (8 each): round trip in ns, sent, received, dropped,
     * acked, timed out.
     */
    public boolean quality(
            long connection,
            long rttNs,
            long sent,
            long received,
            long dropped,
            long acked,
            long timedOut) {
        if (!header(LinkWire.QUALITY, 56)) {
            return false;
        }
        long64(connection);
        long64(rttNs);
        long64(sent);
        long64(received);
        long64(dropped);
        long64(acked);
        long64(timedOut);
        return true;
    }

    private boolean header(int kind, int payloadLength) {
        if (position + LinkWire.FRAME_HEADER_BYTES + payloadLength > limit) {
            return false;
        }
        int8(kind);
        int16(payloadLength);
        return true;
    }

    /** UTF-8, cut at a bound so that no text of ours can burst a frame. */
    private static byte[] text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return encoded.length <= MAX_TEXT_BYTES
                ? encoded
                : text.substring(0, Math.min(text.length(), MAX_TEXT_BYTES / 4))
                        .getBytes(StandardCharsets.UTF_8);
    }

    private void text(byte[] encoded) {
        int8(encoded.length);
        raw(encoded);
    }

    private void raw(byte[] encoded) {
        System.arraycopy(encoded, 0, bytes, position, encoded.length);
        position += encoded.length;
    }

    private void int8(int value) {
        BigEndian.put8(bytes, position, value);
        position += 1;
    }

    private void int16(int value) {
        BigEndian.put16(bytes, position, value);
        position += 2;
    }

    private void int32(int value) {
        BigEndian.put32(bytes, position, value);
        position += 4;
    }

    private void long64(long value) {
        BigEndian.put64(bytes, position, value);
        position += 8;
    }
}

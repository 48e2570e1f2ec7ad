package dev.slipgate.protocol.link;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BigEndian;
import java.nio.charset.StandardCharsets;

/**
 * Reads the frames of a batch, one after another, as a reused view on its bytes. {@link #next}
 * checks every length, so that the accessors of the frame's own kind cannot leave it. Confined to
 * one thread.
 */
public final class FrameReader {
    /** What {@link #next} answers. */
    public enum Step {
        /** A frame lies under the view. */
        FRAME,
        /** The batch is read to its end. */
        END,
        /** The bytes are no frames. */
        BROKEN
    }

    /** Messages are never numbered higher; sums of it and one do not overflow. */
    private static final long MAX_NUMBER = 1L << 62;

    private byte[] bytes = {};
    private int nextFrame;
    private int limit;
    private int kind;
    private int start;
    private int end;

    /** Starts on the frames between two offsets. */
    public void begin(byte[] batch, int offset, int limit) {
        this.bytes = batch;
        this.nextFrame = offset;
        this.limit = limit;
    }

    /** Moves to the next frame of a known kind, over those that may be skipped. */
    public Step next() {
        while (nextFrame < limit) {
            if (limit - nextFrame < LinkWire.FRAME_HEADER_BYTES) {
                return Step.BROKEN;
            }
            kind = BigEndian.u8(bytes, nextFrame);
            start = nextFrame + LinkWire.FRAME_HEADER_BYTES;
            end = start + BigEndian.u16(bytes, nextFrame + 1);
            if (end > limit) {
                return Step.BROKEN;
            }
            nextFrame = end;
            if (kind < LinkWire.SKIPPED_FROM || kind > LinkWire.SKIPPED_TO) {
                return wellFormed() ? Step.FRAME : Step.BROKEN;
            }
        }
        return Step.END;
    }

    private boolean wellFormed() {
        int length = end - start;
        return switch (kind) {
            case LinkWire.OPEN ->
                    length >= 32 && textFits(28) && textFits(addressAt()) && openEnds();
            case LinkWire.DATA ->
                    length >= LinkWire.DATA_FIXED_BYTES
                            && (!firstOfMany() || length >= LinkWire.DATA_FIXED_BYTES + 4)
                            && number() > 0;
            case LinkWire.DELIVERY_ACK -> length >= 19 && length == 19 + 16 * u8(18);
            case LinkWire.CREDIT -> length == 16 && i64(8) >= 0;
            case LinkWire.CLOSE -> length >= 11 && textFits(10) && length == 11 + u8(10);
            case LinkWire.HEARTBEAT -> length == 5;
            case LinkWire.QUALITY -> length == 56;
            default -> false;
        };
    }

    private boolean textFits(int lengthAt) {
        return start + lengthAt < end && start + lengthAt + 1 + u8(lengthAt) <= end;
    }

    private boolean openEnds() {
        int at = start + identityAt();
        return at + 2 <= end && at + 2 + BigEndian.u16(bytes, at) == end;
    }

    /** The kind of the frame. */
    public int kind() {
        return kind;
    }

    /**
     * The connection that the frame is about; 0 for the link's own. Of every kind but HEARTBEAT.
     */
    public long connection() {
        return i64(0);
    }

    /** The array that the frame lies in. */
    public byte[] array() {
        return bytes;
    }

    /** Where the frame begins, with its own header. */
    public int frameOffset() {
        return start - LinkWire.FRAME_HEADER_BYTES;
    }

    /** The frame's length, with its own header. */
    public int frameLength() {
        return end - start + LinkWire.FRAME_HEADER_BYTES;
    }

    /** DATA, DELIVERY_ACK: the channel. */
    public int channel() {
        return u8(8);
    }

    /** DATA, DELIVERY_ACK: the flags. */
    public int flags() {
        return u8(9);
    }

    public boolean unitEnd() {
        return (flags() & LinkWire.FLAG_UNIT_END) != 0;
    }

    /** DATA: the delivery mode of its channel. */
    public Delivery delivery() {
        return Delivery.of(flags() >> LinkWire.DELIVERY_SHIFT & 3);
    }

    /** DATA: the message's number, above 0. */
    public long number() {
        return i64(10);
    }

    /** DATA: whether it holds a whole message. */
    public boolean whole() {
        int both = LinkWire.FLAG_FIRST | LinkWire.FLAG_LAST;
        return (flags() & both) == both;
    }

    /** DATA: whether it begins a message of several fragments. */
    public boolean firstOfMany() {
        return (flags() & (LinkWire.FLAG_FIRST | LinkWire.FLAG_LAST)) == LinkWire.FLAG_FIRST;
    }

    public boolean last() {
        return (flags() & LinkWire.FLAG_LAST) != 0;
    }

    /**
     * DATA that begins a message of several fragments: the length of the whole message, unsigned.
     */
    public long totalLength() {
        return BigEndian.u32(bytes, start + LinkWire.DATA_FIXED_BYTES);
    }

    /** DATA: where its message bytes begin. */
    public int dataOffset() {
        return start + LinkWire.DATA_FIXED_BYTES + (firstOfMany() ? 4 : 0);
    }

    /** DATA: how many message bytes it has. */
    public int dataLength() {
        return end - dataOffset();
    }

    /** DELIVERY_ACK: everything up to this number. */
    public long upTo() {
        return i64(10);
    }

    /** DELIVERY_ACK: ranges above. */
    public int rangeCount() {
        return u8(18);
    }

    /** DELIVERY_ACK: makes {@code into} what the frame says. */
    public void handled(Positions into) {
        into.reset(Math.clamp(upTo(), 0, MAX_NUMBER));
        for (int i = 0; i < rangeCount(); i++) {
            if (rangeFrom(i) > 0 && rangeFrom(i) <= rangeTo(i) && rangeTo(i) <= MAX_NUMBER) {
                into.addRange(rangeFrom(i), rangeTo(i));
            }
        }
    }

    public long rangeFrom(int index) {
        return i64(19 + 16 * index);
    }

    public long rangeTo(int index) {
        return i64(27 + 16 * index);
    }

    /** CREDIT: bytes up to which the other side may send, in all. */
    public long limitBytes() {
        return i64(8);
    }

    /** CLOSE: the code of its reason. */
    public int closeCode() {
        return BigEndian.u16(bytes, start + 8);
    }

    /** CLOSE: a clause for people. */
    public String closeDetail() {
        return text(10);
    }

    /** OPEN: the session generation. */
    public int generation() {
        return BigEndian.i32(bytes, start + 8);
    }

    /** OPEN: the connection epoch. */
    public int epoch() {
        return BigEndian.i32(bytes, start + 12);
    }

    /** OPEN: what the client can do, as bits. */
    public int capabilities() {
        return BigEndian.i32(bytes, start + 16);
    }

    /** OPEN: the first credit downwards. */
    public long downLimitBytes() {
        return i64(20);
    }

    /** OPEN: the dialect that the client speaks. */
    public String dialect() {
        return text(28);
    }

    /** OPEN: the client's address. */
    public String address() {
        return text(addressAt());
    }

    /** HEARTBEAT: connections on its sender. */
    public int load() {
        return BigEndian.i32(bytes, start);
    }

    /** HEARTBEAT: whether its sender takes new connections. */
    public boolean accepting() {
        return u8(4) != 0;
    }

    /** QUALITY: one of its six counts, 0 to 5. */
    public long count(int index) {
        return i64(8 + 8 * index);
    }

    /** OPEN: who the client is, as its token said; empty for the anonymous. */
    public String identity() {
        int at = start + identityAt() + 2;
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private int addressAt() {
        return 29 + u8(28);
    }

    private int identityAt() {
        return addressAt() + 1 + u8(addressAt());
    }

    private String text(int lengthAt) {
        return new String(bytes, start + lengthAt + 1, u8(lengthAt), StandardCharsets.UTF_8);
    }

    private int u8(int at) {
        return BigEndian.u8(bytes, start + at);
    }

    private long i64(int at) {
        return BigEndian.i64(bytes, start + at);
    }
}

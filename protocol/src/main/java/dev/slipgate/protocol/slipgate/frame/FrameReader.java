package dev.slipgate.protocol.slipgate.frame;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.slipgate.recovery.AckRanges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the frames of a packet, one after another, as a reused view on its bytes. {@link #next}
 * checks every field against the bounds of the document, so that the accessors of the frame's own
 * kind cannot leave it. Confined to one thread.
 */
public final class FrameReader {
    /** What {@link #next} answers behind the last frame. */
    public static final int END = -1;

    /** What {@link #next} answers when the bytes are no frames; {@link #problem} says why. */
    public static final int BROKEN = -2;

    private final FieldCursor in = new FieldCursor();
    private final FieldCursor again = new FieldCursor();
    private final AckRanges ackRanges = new AckRanges();

    private int begin;
    private int limit;
    private boolean any;
    private boolean eliciting;
    private String problem = "";

    private int kind;
    private int bodyOffset;
    private int channel;
    private long number;
    private int total;
    private int messageOffset;
    private int dataOffset;
    private int dataLength;
    private long value;

    /** Starts on the frames between two offsets. */
    public void begin(byte[] packet, int offset, int end) {
        in.begin(packet, offset, end);
        begin = offset;
        limit = end;
        any = false;
        eliciting = false;
    }

    /** Starts again with the first frame. */
    public void rewind() {
        begin(in.bytes(), begin, limit);
    }

    /** Moves to the next frame of a known kind and answers it, or {@link #END}, {@link #BROKEN}. */
    public int next() {
        while (!in.atEnd()) {
            kind = in.u8();
            bodyOffset = in.at();
            any = true;
            if (kind == FrameKind.PADDING) {
                continue;
            }
            eliciting |= FrameKind.elicits(kind);
            if (kind >= FrameKind.SKIPPED_FROM && kind <= FrameKind.SKIPPED_TO) {
                in.skip(in.varint(Integer.MAX_VALUE));
            } else if (!readBody()) {
                return fail("unknown frame kind");
            } else if (!in.broken()) {
                return kind;
            }
            if (in.broken()) {
                return fail("broken frame");
            }
        }
        return any ? END : fail("no frames");
    }

    private int fail(String why) {
        in.fail();
        problem = why;
        return BROKEN;
    }

    /** Whether the packet is one to be acknowledged, as far as it was read. */
    public boolean eliciting() {
        return eliciting;
    }

    /** Why the bytes are no frames. */
    public String problem() {
        return problem;
    }

    /** False when no such kind exists. */
    private boolean readBody() {
        switch (FrameKind.base(kind)) {
            case FrameKind.PING -> {}
            case FrameKind.ACK -> readAck();
            case FrameKind.DELIVERY_ACK -> {
                channel = in.u8();
                PositionsWire.read(in, null);
            }
            case FrameKind.ATTACH -> AttachWire.check(in);
            case FrameKind.FLOW -> value = in.varint();
            case FrameKind.PATH_CHALLENGE, FrameKind.PATH_RESPONSE -> value = in.i64();
            case FrameKind.CLOSE -> {
                value = in.varint();
                readText(FrameKind.MAX_REASON_BYTES);
            }
            case FrameKind.TOKEN -> readToken();
            case FrameKind.TICKET -> readTicket();
            case FrameKind.REDIRECT -> {
                in.text(FrameKind.MAX_GATEWAY_BYTES);
                readBytes(FrameKind.MAX_TICKET_BYTES);
            }
            case FrameKind.MESSAGE -> readMessage();
            case FrameKind.FRAGMENT -> readFragment();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readBytes(int maxBytes) {
        dataLength = in.varint(maxBytes);
        dataOffset = in.skip(dataLength);
    }

    private void readText(int maxBytes) {
        dataOffset = in.text(maxBytes);
        dataLength = in.at() - dataOffset;
    }

    private void readAck() {
        ackRanges.clear();
        long high = in.varint();
        value = in.varint();
        int ranges = in.varint(FrameKind.MAX_ACK_RANGES);
        long low = high - in.varint();
        if (!ackRanges.tryAdd(low, high)) {
            in.fail();
        }
        for (int i = 0; i < ranges && !in.broken(); i++) {
            high = low - in.varint() - 2;
            low = high - in.varint();
            if (!ackRanges.tryAdd(low, high)) {
                in.fail();
            }
        }
    }

    private void readToken() {
        channel = in.u8();
        total = in.varint(FrameKind.MAX_TOKEN_BYTES);
        messageOffset = in.varint(total);
        readBytes(total - messageOffset);
        if (channel > 1) {
            in.fail();
        }
    }

    private void readTicket() {
        value = in.varint();
        readBytes(FrameKind.MAX_TICKET_BYTES);
        int gateways = in.varint(FrameKind.MAX_GATEWAYS);
        for (int i = 0; i < gateways; i++) {
            in.text(FrameKind.MAX_GATEWAY_BYTES);
        }
    }

    private long readNumber() {
        long read = in.varint();
        if (read < 1 || read > FrameKind.MAX_NUMBER) {
            in.fail();
        }
        return read;
    }

    private void readMessage() {
        channel = in.u8();
        number = readNumber();
        messageOffset = 0;
        readBytes(Integer.MAX_VALUE);
        total = dataLength;
    }

    private void readFragment() {
        channel = in.u8();
        number = readNumber();
        total = in.varint(Integer.MAX_VALUE);
        messageOffset = in.varint(total);
        readBytes(total - messageOffset);
        if (dataLength == 0) {
            in.fail();
        }
    }

    /** The array that the frames lie in. */
    public byte[] array() {
        return in.bytes();
    }

    /** The kind of the frame. */
    public int kind() {
        return kind;
    }

    /** MESSAGE, FRAGMENT, DELIVERY_ACK: the channel. */
    public int channel() {
        return channel;
    }

    /** MESSAGE, FRAGMENT: the delivery mode of the channel. */
    public Delivery delivery() {
        return Delivery.of(kind & FrameKind.DELIVERY_MASK);
    }

    /** MESSAGE, FRAGMENT: the message's number, at least 1. */
    public long number() {
        return number;
    }

    /** MESSAGE, FRAGMENT, TOKEN: the length of the whole. */
    public int total() {
        return total;
    }

    /** MESSAGE, FRAGMENT, TOKEN: where in the whole the bytes of this frame belong. */
    public int offsetInWhole() {
        return messageOffset;
    }

    /** MESSAGE, FRAGMENT, TOKEN: where the bytes lie in {@link #array}. */
    public int dataOffset() {
        return dataOffset;
    }

    /** MESSAGE, FRAGMENT, TOKEN: how many these are. */
    public int dataLength() {
        return dataLength;
    }

    /** TOKEN: 0 a connect token, 1 a resume ticket. */
    public int tokenSort() {
        return channel;
    }

    /** FLOW: the limit in bytes. */
    public long flowLimit() {
        return value;
    }

    /** PATH_CHALLENGE, PATH_RESPONSE: the 8 bytes. */
    public long challenge() {
        return value;
    }

    /** CLOSE: the code, 65536 for any larger one. */
    public int closeCode() {
        return (int) Math.min(value, 1 << Character.SIZE);
    }

    /** CLOSE: the reason. */
    public String closeReason() {
        return text(dataOffset, dataLength);
    }

    /** ACK: the delay in nanoseconds; at most a minute. */
    public long ackDelayNs() {
        return Math.min(value, 60_000_000) * 1_000;
    }

    /** ACK: what is acknowledged; valid until the next ACK is read. */
    public AckRanges ackRanges() {
        return ackRanges;
    }

    /** DELIVERY_ACK: fills in the positions. */
    public void readPositions(Positions into) {
        again.begin(in.bytes(), bodyOffset + 1, limit);
        PositionsWire.read(again, into);
    }

    /** ATTACH: this part. */
    public AttachPart readAttach() {
        again.begin(in.bytes(), bodyOffset, limit);
        return AttachWire.read(again);
    }

    /** TICKET: all of it. */
    public Ticket readTicketFrame() {
        again.begin(in.bytes(), dataOffset + dataLength, limit);
        int count = again.varint(FrameKind.MAX_GATEWAYS);
        List<String> gateways = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = again.varint(FrameKind.MAX_GATEWAY_BYTES);
            gateways.add(text(again.skip(length), length));
        }
        return new Ticket(value, data(), gateways);
    }

    /** REDIRECT: all of it. */
    public Redirect readRedirect() {
        again.begin(in.bytes(), bodyOffset, limit);
        int length = again.varint(FrameKind.MAX_GATEWAY_BYTES);
        return new Redirect(text(again.skip(length), length), data());
    }

    private byte[] data() {
        return Arrays.copyOfRange(in.bytes(), dataOffset, dataOffset + dataLength);
    }

    private String text(int offset, int length) {
        return new String(in.bytes(), offset, length, StandardCharsets.UTF_8);
    }
}

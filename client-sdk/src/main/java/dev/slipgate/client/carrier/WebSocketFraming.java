package dev.slipgate.client.carrier;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A binary WebSocket message for each packet, the client's side of RFC 6455: what it needs of it
 * and no more. Of its own since the JDK's client has threads, and this one must not: it is driven
 * from a game's loop.
 */
final class WebSocketFraming implements PacketFraming {
    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int MASKED = 0x80;
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int LENGTH_IN_U16 = 126;
    private static final int LENGTH_IN_U64 = 127;
    private static final int NORMAL_CLOSE = 1000;
    private static final int PROTOCOL_ERROR = 1002;

    /** Two bytes, a length in two more, and a mask. */
    private static final int MAX_HEADER_BYTES = 8;

    private final WebSocketUpgrade upgrade;
    private final RandomGenerator random;
    private final byte[] parts = new byte[MAX_PACKET_BYTES];
    private int partsLength = -1; // below 0: no message is under way
    private boolean upgraded;
    private @Nullable String problem;

    /**
     * @param random for masks, which keep proxies from being fooled and no secret
     */
    WebSocketFraming(WebSocketUpgrade upgrade, RandomGenerator random) {
        this.upgrade = upgrade;
        this.random = random;
    }

    @Override
    public void begin(ByteBuffer out) {
        upgrade.writeRequest(out);
    }

    @Override
    public boolean ready() {
        return upgraded;
    }

    @Override
    public Step next(ByteBuffer in, PacketSink sink, ByteBuffer out) {
        return upgraded ? nextFrame(in, sink, out) : readAnswer(in);
    }

    private Step readAnswer(ByteBuffer in) {
        int length = WebSocketUpgrade.headLength(in);
        if (length < 0) {
            return in.remaining() < WebSocketUpgrade.MAX_ANSWER_BYTES
                    ? Step.MORE
                    : broken("the answer to the WebSocket upgrade has no end");
        }
        problem = upgrade.problemOf(in.array(), in.arrayOffset() + in.position(), length);
        in.position(in.position() + length);
        upgraded = problem == null;
        return upgraded ? Step.READ : Step.BROKEN;
    }

    private Step nextFrame(ByteBuffer in, PacketSink sink, ByteBuffer out) {
        if (in.remaining() < 2) {
            return Step.MORE;
        }
        int at = in.position();
        int first = in.get(at);
        int second = Byte.toUnsignedInt(in.get(at + 1));
        if ((first & RESERVED) != 0 || (second & MASKED) != 0) {
            return protocolError(out, "the gateway broke the rules of WebSocket");
        }
        if (second == LENGTH_IN_U64) {
            return protocolError(out, "the gateway sent a message above any packet's size");
        }
        int headerBytes = second == LENGTH_IN_U16 ? 4 : 2;
        if (in.remaining() < headerBytes) {
            return Step.MORE;
        }
        int length = second == LENGTH_IN_U16 ? Short.toUnsignedInt(in.getShort(at + 2)) : second;
        if (length > MAX_PACKET_BYTES) {
            return protocolError(out, "the gateway sent a message of " + length + " bytes");
        }
        if (in.remaining() < headerBytes + length) {
            return Step.MORE;
        }
        in.position(at + headerBytes + length);
        return take(first, in.array(), in.arrayOffset() + at + headerBytes, length, sink, out);
    }

    private Step take(
            int first, byte[] bytes, int offset, int length, PacketSink sink, ByteBuffer out) {
        boolean last = (first & FINAL) != 0;
        int opcode = first & OPCODE;
        if (opcode >= CLOSE && (!last || length > MAX_CONTROL_BYTES)) {
            return protocolError(out, "the gateway sent a control frame in parts");
        }
        return switch (opcode) {
            case BINARY, CONTINUATION ->
                    takePart(opcode == BINARY, last, bytes, offset, length, sink, out);
            case PING -> {
                control(PONG, bytes, offset, length, out);
                yield Step.READ;
            }
            case PONG -> Step.READ;
            case CLOSE -> {
                sayClose(NORMAL_CLOSE, out);
                yield broken("the gateway closed the connection");
            }
            default -> protocolError(out, "the gateway sent what is no binary message");
        };
    }

    private Step takePart(
            boolean begins,
            boolean last,
            byte[] bytes,
            int offset,
            int length,
            PacketSink sink,
            ByteBuffer out) {
        if (begins == (partsLength >= 0)) {
            return protocolError(out, "the gateway mixed up the parts of messages");
        }
        if (begins && last) {
            return packet(bytes, offset, length, sink, out);
        }
        int before = Math.max(partsLength, 0);
        if (before + length > MAX_PACKET_BYTES) {
            return protocolError(out, "the gateway sent a message above any packet's size");
        }
        System.arraycopy(bytes, offset, parts, before, length);
        partsLength = before + length;
        if (!last) {
            return Step.READ;
        }
        int whole = partsLength;
        partsLength = -1;
        return packet(parts, 0, whole, sink, out);
    }

    private Step packet(byte[] bytes, int offset, int length, PacketSink sink, ByteBuffer out) {
        if (length == 0) {
            return protocolError(out, "the gateway sent a packet of 0 bytes");
        }
        sink.onPacket(bytes, offset, length);
        return Step.PACKET;
    }

    private Step protocolError(ByteBuffer out, String what) {
        sayClose(PROTOCOL_ERROR, out);
        return broken(what);
    }

    private Step broken(String what) {
        problem = what;
        return Step.BROKEN;
    }

    private void sayClose(int code, ByteBuffer out) {
        control(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, 0, 2, out);
    }

    /** Left out when there is no room: a peer that pings and does not read gets no answer. */
    private void control(int opcode, byte[] bytes, int offset, int length, ByteBuffer out) {
        if (out.remaining() >= length + MAX_HEADER_BYTES) {
            frame(opcode, bytes, offset, length, out);
        }
    }

    @Override
    public void write(byte[] bytes, int length, ByteBuffer out) {
        frame(BINARY, bytes, 0, length, out);
    }

    private void frame(int opcode, byte[] bytes, int offset, int length, ByteBuffer out) {
        out.put((byte) (FINAL | opcode));
        if (length < LENGTH_IN_U16) {
            out.put((byte) (MASKED | length));
        } else {
            out.put((byte) (MASKED | LENGTH_IN_U16)).putShort((short) length);
        }
        int mask = random.nextInt();
        out.putInt(mask);
        for (int i = 0; i < length; i++) {
            out.put((byte) (bytes[offset + i] ^ (mask >> (24 - 8 * (i & 3)))));
        }
    }

    @Override
    public int overheadBytes() {
        return MAX_HEADER_BYTES;
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }
}

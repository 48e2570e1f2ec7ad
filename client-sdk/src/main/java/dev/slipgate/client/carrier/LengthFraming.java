package dev.slipgate.client.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A u16 length before each packet: TCP and TLS. */
final class LengthFraming implements PacketFraming {
    private static final int PREFIX_BYTES = 2;

    private @Nullable String problem;

    @Override
    public void begin(ByteBuffer out) {
        // Packets flow at once.
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Step next(ByteBuffer in, PacketSink sink, ByteBuffer out) {
        if (in.remaining() < PREFIX_BYTES) {
            return Step.MORE;
        }
        int length = Short.toUnsignedInt(in.getShort(in.position()));
        if (length == 0 || length > MAX_PACKET_BYTES) {
            problem = "the gateway sent a packet of " + length + " bytes";
            return Step.BROKEN;
        }
        if (in.remaining() < PREFIX_BYTES + length) {
            return Step.MORE;
        }
        int offset = in.position() + PREFIX_BYTES;
        in.position(offset + length);
        sink.onPacket(in.array(), in.arrayOffset() + offset, length);
        return Step.PACKET;
    }

    @Override
    public void write(byte[] bytes, int length, ByteBuffer out) {
        out.putShort((short) length);
        out.put(bytes, 0, length);
    }

    @Override
    public int overheadBytes() {
        return PREFIX_BYTES;
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }
}

package dev.slipgate.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Finds the packets in a TCP stream: a {@code u16} length, then the packet. */
final class LengthPrefixDecoder extends ByteToMessageDecoder {
    private final StreamConnection connection;
    private final int maxPacketBytes;

    LengthPrefixDecoder(StreamConnection connection, int maxPacketBytes) {
        this.connection = connection;
        this.maxPacketBytes = maxPacketBytes;
    }

    /** Hands packets on from here, not by {@code out}: a list of slices would be garbage. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.readableBytes() >= Short.BYTES && !connection.deaf()) {
            int length = in.getUnsignedShort(in.readerIndex());
            if (length == 0 || length > maxPacketBytes) {
                connection.breakOff();
            } else if (in.readableBytes() < Short.BYTES + length) {
                return;
            } else {
                connection.onPacket(in, in.readerIndex() + Short.BYTES, length);
                in.skipBytes(Short.BYTES + length);
            }
        }
        if (connection.deaf()) {
            in.skipBytes(in.readableBytes());
        }
    }
}

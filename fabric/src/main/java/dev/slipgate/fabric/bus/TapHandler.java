package dev.slipgate.fabric.bus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * The tap on one inbound connection of the bus: it cuts the stream into frames, gives batches to
 * their lanes, and passes other frames on as they came, length field included.
 */
final class TapHandler extends ByteToMessageDecoder {
    /** The longest frame that is gathered; a batch's is below 33 KiB, Vert.x's own are small. */
    static final int MAX_FRAME_BYTES = 1024 * 1024;

    private static final int LENGTH_BYTES = 4;

    private final BusTap tap;

    TapHandler(BusTap tap) {
        this.tap = tap;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        int frame = in.readerIndex();
        int length = in.getInt(frame);
        if (length <= 0 || length > MAX_FRAME_BYTES) {
            tap.countRefusedFrame();
            in.skipBytes(in.readableBytes());
            var unused = context.close();
            return;
        }
        int start = frame + LENGTH_BYTES;
        if (in.writerIndex() - start < length) {
            return;
        }
        if (!tap.tryTake(in, start, start + length)) {
            out.add(in.retainedSlice(frame, LENGTH_BYTES + length));
        }
        in.readerIndex(start + length);
    }
}

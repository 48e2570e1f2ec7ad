package dev.slipgate.fabric.bus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * What a frame of the bus is made to read itself from, so that its end is an array that lies
 * elsewhere: a buffer of Vert.x cannot be told so in any other way.
 */
final class SplicedFrame extends BufferImpl {
    private static final int PARTS = 2;

    private final ByteBuf whole;

    private SplicedFrame(ByteBuf whole) {
        super(whole);
        this.whole = whole;
    }

    /**
     * Appends bytes without copying them: they must not change until the frame is written.
     *
     * @param frame a buffer of Vert.x's own, to which nothing else is appended
     */
    static void append(Buffer frame, byte[] bytes, int length) {
        ByteBuf head = ((BufferInternal) frame).unwrap();
        ByteBuf whole =
                Unpooled.wrappedBuffer(PARTS, head, Unpooled.wrappedBuffer(bytes, 0, length));
        frame.readFromBuffer(0, new SplicedFrame(whole));
    }

    /** The frame asks for its length, and has no use for it. */
    @Override
    public int getInt(int position) {
        return 0;
    }

    @Override
    public BufferImpl getBuffer(int start, int end) {
        return this;
    }

    @Override
    public ByteBuf getByteBuf() {
        return whole;
    }
}

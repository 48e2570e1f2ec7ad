package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.OutgoingBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * What a frame of the bus is made to read itself from, so that its bytes are an array of ours: a
 * buffer of Vert.x cannot be told so in any other way.
 */
final class SplicedFrame extends BufferImpl {
    private final ByteBuf whole;

    private SplicedFrame(ByteBuf whole) {
        super(whole);
        this.whole = whole;
    }

    /** Whether a batch has room for the header that a frame has so far. */
    static boolean fits(Buffer frame) {
        return frame.length() <= OutgoingBatch.SPARE_BYTES;
    }

    /**
     * Moves a batch in its array, puts the frame's header before it, and makes that the frame. One
     * array, since Netty would copy one made of parts into garbage before it writes it. The array
     * must not change until the frame is written.
     *
     * @param frame a buffer of Vert.x's own, to which nothing else is appended
     */
    static void append(Buffer frame, OutgoingBatch batch) {
        int head = frame.length();
        System.arraycopy(batch.bytes, 0, batch.bytes, head, batch.length);
        ((BufferInternal) frame).unwrap().getBytes(0, batch.bytes, 0, head);
        ByteBuf whole = Unpooled.wrappedBuffer(batch.bytes, 0, head + batch.length);
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

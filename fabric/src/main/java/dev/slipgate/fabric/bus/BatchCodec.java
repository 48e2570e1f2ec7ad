package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.OutgoingBatch;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a batch crosses the bus: its bytes are the body, to the end of the bus's frame. Stateless;
 * any thread.
 */
final class BatchCodec implements MessageCodec<SentBatch, ReceivedBatch> {
    static final String NAME = "slipgate";
    static final BatchCodec INSTANCE = new BatchCodec();

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private BatchCodec() {}

    /** Makes a bus know this codec; harmless when it does. */
    static void register(EventBus bus) {
        try {
            bus.registerCodec(INSTANCE);
        } catch (IllegalStateException known) {
            // Another lane of this process was first; the bus has no way to ask.
        }
    }

    /**
     * Puts the batch behind the bus's header: in the batch's own array, as long as not too many are
     * on their way, since a copy of each would be half the garbage of a gateway.
     */
    @Override
    public void encodeToWire(Buffer frame, SentBatch sent) {
        @Nullable OutgoingBatch batch = sent.batch();
        if (batch == null) {
            return;
        }
        if (SplicedFrame.fits(frame) && sent.tryLend()) {
            SplicedFrame.append(frame, batch);
        } else {
            copy(((BufferInternal) frame).unwrap(), batch);
            sent.release();
        }
    }

    /**
     * The frame's buffer starts at 1024 bytes and would double; grown once to its final size it
     * costs a third of the garbage.
     */
    private static void copy(ByteBuf frame, OutgoingBatch batch) {
        if (frame.writableBytes() < batch.length) {
            frame.capacity(frame.writerIndex() + batch.length);
        }
        frame.writeBytes(batch.bytes, 0, batch.length);
    }

    /** A view of the frame's own bytes, which nobody else holds. */
    @Override
    public ReceivedBatch decodeFromWire(int position, Buffer frame) {
        ByteBuf bytes = ((BufferInternal) frame).unwrap();
        return new ReceivedBatch(bytes.nioBuffer(position, frame.length() - position), null);
    }

    /** Inside one process the batch itself is handed over; the receiver releases it. */
    @Override
    public ReceivedBatch transform(SentBatch sent) {
        @Nullable OutgoingBatch batch = sent.batch();
        ByteBuffer bytes = batch == null ? EMPTY : ByteBuffer.wrap(batch.bytes, 0, batch.length);
        return new ReceivedBatch(bytes, sent);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}

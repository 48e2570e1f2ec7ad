package dev.slipgate.fabric.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.lane.OutgoingBatch;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SplicedFrameTest {
    private final LaneCounters counters = new LaneCounters();
    private final BatchPool pool = new BatchPool(counters);

    @Test
    void aFrameIsTheBatchsOwnArray() {
        SentBatch sent = batch(1, 2, 3);
        Buffer frame = frame();
        OutgoingBatch bytes = Objects.requireNonNull(sent.batch());
        BatchCodec.INSTANCE.encodeToWire(frame, sent);
        frame.setInt(0, frame.length() - Integer.BYTES);
        bytes.bytes[7] = 9;

        assertThat(written(frame)).containsExactly(0, 0, 0, 5, 77, 78, 1, 9, 3);
        assertThat(pool.unused()).isZero();
        sent.complete(null, null);
        assertThat(pool.unused()).isOne();
    }

    @Test
    void theBytesComeBackOnceWhateverTheOutcome() {
        SentBatch sent = batch(1);
        BatchCodec.INSTANCE.encodeToWire(frame(), sent);
        sent.complete(null, new IllegalStateException("the connection is gone"));
        sent.complete(null, null);

        assertThat(pool.unused()).isOne();
        assertThat(counters.snapshot().sendsFailed()).isOne();
    }

    @Test
    void whenManyAreOnTheirWayTheNextIsCopied() {
        for (int i = 0; i < BatchPool.MAX_POOLED; i++) {
            BatchCodec.INSTANCE.encodeToWire(frame(), batch(i));
        }
        SentBatch sent = batch(4, 5);
        Buffer frame = frame();
        BatchCodec.INSTANCE.encodeToWire(frame, sent);

        assertThat(counters.snapshot().batchesCopied()).isOne();
        assertThat(pool.unused()).isOne();
        assertThat(written(frame)).containsExactly(0, 0, 0, 0, 77, 78, 4, 5);
    }

    @Test
    void aHeaderWithoutRoomIsCopiedTogether() {
        SentBatch sent = batch(4, 5);
        Buffer frame = frame().appendBytes(new byte[OutgoingBatch.SPARE_BYTES]);
        BatchCodec.INSTANCE.encodeToWire(frame, sent);

        assertThat(written(frame)).hasSize(6 + OutgoingBatch.SPARE_BYTES + 2).endsWith(4, 5);
        assertThat(pool.unused()).isOne();
    }

    @Test
    void theLargestBatchHasRoomForAHeader() {
        SentBatch sent = batch();
        OutgoingBatch bytes = Objects.requireNonNull(sent.batch());
        bytes.length = OutgoingBatch.CAPACITY_BYTES;
        bytes.bytes[OutgoingBatch.CAPACITY_BYTES - 1] = 3;
        Buffer frame = frame().appendBytes(new byte[OutgoingBatch.SPARE_BYTES - 6]);
        BatchCodec.INSTANCE.encodeToWire(frame, sent);

        assertThat(written(frame))
                .hasSize(OutgoingBatch.SPARE_BYTES + OutgoingBatch.CAPACITY_BYTES)
                .endsWith(-1, 3);
        assertThat(pool.unused()).isZero();
    }

    /** As the bus begins one: a length to be set, and some header. */
    private static Buffer frame() {
        return Buffer.buffer(1024).appendInt(0).appendByte((byte) 77).appendByte((byte) 78);
    }

    /** As a socket sees it. */
    private static byte[] written(Buffer frame) {
        ByteBuf bytes = ((BufferInternal) frame).getByteBuf();
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        return copy;
    }

    private SentBatch batch(int... content) {
        var batch = new OutgoingBatch();
        Arrays.fill(batch.bytes, (byte) -1);
        for (int i = 0; i < content.length; i++) {
            batch.bytes[i] = (byte) content[i];
        }
        batch.length = content.length;
        return new SentBatch(batch, pool, counters);
    }
}

package dev.slipgate.fabric.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.lane.OutgoingBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapHandlerTest {
    private static final String ADDRESS = "slipgate.lane.1f.0";

    private final NumberedBatches engine = new NumberedBatches("unused");
    private final TappedTransport transport;
    private final Vertx vertx;
    private final BusLane lane;

    TapHandlerTest() {
        Transport tapped = TappedTransport.over(Transport.NIO);
        transport = (TappedTransport) tapped.implementation();
        vertx =
                Vertx.builder()
                        .with(new VertxOptions().setEventLoopPoolSize(1))
                        .withTransport(tapped)
                        .build();
        lane =
                Future.<BusLane>future(
                                done ->
                                        vertx.runOnContext(
                                                unused ->
                                                        BusLane.open(
                                                                        vertx,
                                                                        ADDRESS,
                                                                        engine,
                                                                        System::nanoTime,
                                                                        () -> {})
                                                                .onComplete(done)))
                        .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aStreamCutAtAnyByteGivesTheSameBatchesAndPassesTheSameBytes() {
        ByteBuf stream = Unpooled.buffer();
        ByteBuf foreign = Unpooled.buffer();
        int batches = 0;
        for (int number : smallBatches()) {
            stream.writeBytes(frame(ADDRESS, number, true));
            ByteBuf other = frame("slipgate.lane.1f.1", number, true);
            foreign.writeBytes(other.duplicate());
            stream.writeBytes(other);
            batches++;
        }
        byte[] bytes = bytes(stream);
        int expected = 0;
        for (int cut = 0; cut <= bytes.length; cut++) {
            var channel = new EmbeddedChannel(new TapHandler(transport.tap()));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
            assertThat(passed(channel)).isEqualTo(bytes(foreign));
            expected += batches;
        }
        int all = expected;
        await().until(() -> engine.received.size() == all);
        assertThat(engine.corrupt).hasValue(0);
        assertThat(lane.stats().batchesTapped()).isEqualTo(all);
    }

    @Test
    void aStreamOfSingleBytesGivesTheSameBatches() {
        var channel = new EmbeddedChannel(new TapHandler(transport.tap()));
        List<Integer> numbers = smallBatches();
        for (int number : numbers) {
            for (byte one : bytes(frame(ADDRESS, number, true))) {
                channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
            }
        }
        await().until(() -> engine.received.size() == numbers.size());
        assertThat(engine.received).isEqualTo(numbers);
        assertThat(passed(channel)).isEmpty();
    }

    @Test
    void whatIsNoPlainBatchForALaneIsLeftToVertx() {
        int number = smallBatches().getFirst();
        ByteBuf cutSender = frame(ADDRESS, number, true);
        int batch = cutSender.writerIndex() - NumberedBatches.lengthOf(number);
        cutSender.setInt(batch - 4 - 2 - 4, 9_999);
        for (ByteBuf frame :
                List.of(
                        frame(ADDRESS, number, false),
                        frame("slipgate.lane.1f", number, true),
                        cutSender)) {
            var channel = new EmbeddedChannel(new TapHandler(transport.tap()));
            byte[] bytes = bytes(frame);
            channel.writeInbound(frame);
            assertThat(passed(channel)).isEqualTo(bytes);
        }
        assertThat(lane.stats().batchesTapped()).isZero();
    }

    @Test
    void aFrameLongerThanTheBoundClosesItsConnection() {
        for (int length : new int[] {TapHandler.MAX_FRAME_BYTES + 1, -1, 0}) {
            var channel = new EmbeddedChannel(new TapHandler(transport.tap()));
            channel.writeInbound(Unpooled.buffer().writeInt(length).writeZero(100));
            assertThat(channel.isOpen()).isFalse();
            assertThat(passed(channel)).isEmpty();
        }
        assertThat(transport.tap().refusedFrames()).isEqualTo(3);
    }

    private static List<Integer> smallBatches() {
        return IntStream.range(0, 10_000)
                .filter(number -> NumberedBatches.lengthOf(number) < 60)
                .limit(3)
                .boxed()
                .toList();
    }

    /** A frame as the bus writes it, sender "me". */
    private static ByteBuf frame(String address, int number, boolean send) {
        var batch = new OutgoingBatch();
        NumberedBatches.fill(batch, number);
        ByteBuf frame = Unpooled.buffer().writeInt(0).writeByte(2).writeByte(-1);
        string(frame, "slipgate");
        frame.writeByte(send ? 0 : 1);
        string(frame, address);
        frame.writeInt(0);
        string(frame, "me");
        frame.writeInt(4).writeBytes(batch.bytes, 0, batch.length);
        return frame.setInt(0, frame.writerIndex() - 4);
    }

    private static void string(ByteBuf frame, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frame.writeInt(bytes.length).writeBytes(bytes);
    }

    private static byte[] passed(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (@Nullable ByteBuf next = channel.readInbound();
                next != null;
                next = channel.readInbound()) {
            all.writeBytes(next);
            next.release();
        }
        return bytes(all);
    }

    private static byte[] bytes(ByteBuf buffer) {
        return Arrays.copyOfRange(
                buffer.array(),
                buffer.arrayOffset() + buffer.readerIndex(),
                buffer.arrayOffset() + buffer.writerIndex());
    }
}

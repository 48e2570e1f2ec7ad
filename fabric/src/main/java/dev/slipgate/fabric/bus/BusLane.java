package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.tracing.TracingPolicy;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver of a {@link LaneEngine} on the Vert.x event bus: it feeds the engine with the batches
 * that arrive at its address and with time, and sends what the engine has to say. Everything but
 * {@link #stats} and {@link #close} happens on the event loop it was opened on.
 */
public final class BusLane {
    /** Batches sent in one flush; the rest goes in the loop's next turn, so that it still reads. */
    static final int MAX_BATCHES_PER_FLUSH = 256;

    /** Batches fed between two flushes when a burst is longer. */
    static final int MAX_INPUTS_PER_FLUSH = 16;

    private static final DeliveryOptions DELIVERY =
            new DeliveryOptions()
                    .setCodecName(BatchCodec.NAME)
                    .setTracingPolicy(TracingPolicy.IGNORE);

    private final ContextInternal context;
    private final EventLoop loop;
    private final EventBus bus;
    private final LaneEngine engine;
    private final LongSupplier nanoClock;
    private final Runnable afterInput;
    private final LaneCounters counters = new LaneCounters();
    private final BatchPool pool = new BatchPool(counters);
    private final LoopTimer timer;
    private final @Nullable BusTap tap;
    private final ByteBuffer tapped = ByteBuffer.allocate(OutgoingBatch.CAPACITY_BYTES);
    private final Runnable endOfBurst = this::onEndOfBurst;
    private OutgoingBatch spare = pool.take();
    private int inputsSinceFlush;
    private boolean endOfBurstDue;
    private boolean closed;
    private @Nullable MessageConsumer<ReceivedBatch> consumer;

    private BusLane(
            ContextInternal context,
            LaneEngine engine,
            LongSupplier nanoClock,
            Runnable afterInput) {
        this.context = context;
        this.loop = context.nettyEventLoop();
        this.bus = context.owner().eventBus();
        this.engine = engine;
        this.nanoClock = nanoClock;
        this.afterInput = afterInput;
        this.timer = new LoopTimer(loop, this::onTimer);
        this.tap = context.owner().transport() instanceof TappedTransport t ? t.tap() : null;
    }

    /**
     * Opens a lane on the event-loop context that the caller runs on.
     *
     * @param address where batches arrive; one lane per address
     * @param nanoClock the monotonic clock that the engine is driven by
     * @param afterInput runs on the loop after the engine was fed and before what it says is sent
     * @return completed on the loop once the cluster knows the address
     * @throws IllegalStateException when the caller runs on no event-loop context of this Vert.x
     */
    public static Future<BusLane> open(
            Vertx vertx,
            String address,
            LaneEngine engine,
            LongSupplier nanoClock,
            Runnable afterInput) {
        @Nullable ContextInternal context = ContextInternal.current();
        if (context == null
                || context.owner() != vertx
                || !context.isEventLoopContext()
                || !context.inThread()) {
            throw new IllegalStateException("a lane opens on an event-loop context of its Vert.x");
        }
        BatchCodec.register(vertx.eventBus());
        var lane = new BusLane(context, engine, nanoClock, afterInput);
        return lane.listen(address).map(lane);
    }

    private Future<Void> listen(String address) {
        if (tap != null) {
            tap.add(address, this);
        }
        MessageConsumer<ReceivedBatch> opened = bus.consumer(address, this::onMessage);
        consumer = opened;
        return opened.completion();
    }

    private void onMessage(Message<ReceivedBatch> message) {
        ReceivedBatch batch = message.body();
        feed(batch.bytes());
        batch.release();
    }

    /**
     * Takes a batch straight from a socket's buffer; false when it is longer than any batch. Any
     * event loop; on another than the lane's the buffer is held until the lane has read it.
     */
    boolean tryTakeTapped(ByteBuf bytes, int index, int length) {
        if (length > OutgoingBatch.CAPACITY_BYTES) {
            return false;
        }
        if (loop.inEventLoop()) {
            feedTapped(bytes, index, length);
            return true;
        }
        ByteBuf held = bytes.retainedSlice(index, length);
        try {
            loop.execute(
                    () -> {
                        try {
                            feedTapped(held, 0, length);
                        } finally {
                            held.release();
                        }
                    });
        } catch (RejectedExecutionException e) {
            // The loop has ended, and the lane with it.
            held.release();
        }
        return true;
    }

    // Engines read arrays; the socket's buffer is outside the heap. One copy, and no garbage.
    private void feedTapped(ByteBuf bytes, int index, int length) {
        bytes.getBytes(index, tapped.array(), 0, length);
        counters.batchesTapped.increment();
        feed(tapped.clear().limit(length));
    }

    /** Feeds one batch, on the loop; the flush follows when the burst ends. */
    private void feed(ByteBuffer batch) {
        if (closed) {
            return;
        }
        counters.batchesReceived.increment();
        counters.bytesReceived.add(batch.remaining());
        engine.onBatch(batch, nanoClock.getAsLong());
        if (++inputsSinceFlush >= MAX_INPUTS_PER_FLUSH) {
            afterInput();
        } else if (!endOfBurstDue) {
            // Runs behind the batches that already wait in the loop's queue: they share a flush.
            endOfBurstDue = true;
            loop.execute(endOfBurst);
        }
    }

    private void onEndOfBurst() {
        endOfBurstDue = false;
        if (inputsSinceFlush > 0) {
            afterInput();
        }
    }

    private void onTimer() {
        if (closed) {
            return;
        }
        long nowNs = nanoClock.getAsLong();
        if (engine.nextTimeoutNs() <= nowNs) {
            engine.onTimeout(nowNs);
            afterInput();
        } else {
            timer.armNoLaterThan(engine.nextTimeoutNs(), nowNs);
        }
    }

    private void afterInput() {
        inputsSinceFlush = 0;
        if (!closed) {
            afterInput.run();
            flush();
        }
    }

    /**
     * Sends all that the engine has to say, then arms the timer for its next deadline. On the loop;
     * after each burst of input that did not come through this lane.
     */
    public void flush() {
        if (closed) {
            return;
        }
        long nowNs = nanoClock.getAsLong();
        // Callers from a Netty pipeline have no Vert.x context, and the bus would make one each.
        ContextInternal previous = context.beginDispatch();
        try {
            sendAll(nowNs);
        } finally {
            context.endDispatch(previous);
        }
        timer.armNoLaterThan(engine.nextTimeoutNs(), nowNs);
    }

    private void sendAll(long nowNs) {
        for (int sent = 0; engine.pollBatch(spare, nowNs); ) {
            send(spare);
            spare = pool.take();
            if (++sent == MAX_BATCHES_PER_FLUSH) {
                counters.flushesCutShort.increment();
                loop.execute(this::flush);
                return;
            }
        }
    }

    private void send(OutgoingBatch batch) {
        counters.batchesSent.increment();
        counters.bytesSent.add(batch.length);
        var sent = new SentBatch(batch, pool, counters);
        bus.<SentBatch>sender(Objects.requireNonNull(batch.address), DELIVERY)
                .write(sent)
                .onComplete(sent);
    }

    /** What this lane counts; any thread. */
    public BusLaneStats stats() {
        return counters.snapshot();
    }

    /** Stops feeding and sending, and takes the address off the bus. Any thread. */
    public Future<Void> close() {
        return Future.future(
                done ->
                        context.runOnContext(
                                unused -> {
                                    closed = true;
                                    timer.cancel();
                                    if (tap != null) {
                                        tap.remove(this);
                                    }
                                    Objects.requireNonNull(consumer).unregister().onComplete(done);
                                }));
    }
}

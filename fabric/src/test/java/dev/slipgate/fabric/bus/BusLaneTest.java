package dev.slipgate.fabric.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.lane.LaneEngine;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusLaneTest {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void batchesBetweenTwoLoopsArriveOnceInOrderAndWhole() {
        var sender = new NumberedBatches("b");
        var receiver = new NumberedBatches("a");
        Opened from = open("a", sender, () -> {});
        Opened to = open("b", receiver, () -> {});
        sender.sendUpTo(600);
        from.flush();
        await().until(() -> receiver.received.size() == 600);
        assertThat(receiver.received).isEqualTo(IntStream.range(0, 600).boxed().toList());
        assertThat(receiver.corrupt).hasValue(0);
        assertThat(from.lane.stats().batchesSent()).isEqualTo(600);
        assertThat(from.lane.stats().flushesCutShort()).isEqualTo(2);
        assertThat(to.lane.stats().batchesReceived()).isEqualTo(600);
        assertThat(to.lane.stats().bytesReceived()).isEqualTo(from.lane.stats().bytesSent());
    }

    @Test
    void theBytesOfBatchesAreUsedAgain() {
        var sender = new NumberedBatches("b");
        var receiver = new NumberedBatches("a");
        Opened from = open("a", sender, () -> {});
        open("b", receiver, () -> {});
        for (int round = 1; round <= 50; round++) {
            int expected = round * 10;
            sender.sendUpTo(expected);
            from.flush();
            await().pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> receiver.received.size() == expected);
        }
        assertThat(from.lane.stats().batchesAllocated()).isLessThanOrEqualTo(40);
    }

    @Test
    void batchesToNobodyAreCountedAndTheirBytesComeBack() {
        var sender = new NumberedBatches("nobody");
        Opened from = open("a", sender, () -> {});
        for (int round = 1; round <= 20; round++) {
            int expected = round * 10;
            sender.sendUpTo(expected);
            from.flush();
            await().pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> from.lane.stats().sendsFailed() == expected);
        }
        assertThat(from.lane.stats().batchesAllocated()).isLessThanOrEqualTo(40);
    }

    @Test
    void aDeadlineBelowAMillisecondIsKept() {
        var engine = new NumberedBatches("b");
        var firedAtNs = new AtomicLong();
        Opened opened = open("a", engine, () -> firedAtNs.set(System.nanoTime()));
        long bestNs = Long.MAX_VALUE;
        for (int round = 1; round <= 20; round++) {
            int expected = round;
            long armedAtNs = System.nanoTime();
            engine.deadlineNs.set(armedAtNs + 500_000);
            opened.flush();
            await().pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> engine.timeouts.get() == expected);
            await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> firedAtNs.get() > armedAtNs);
            assertThat(firedAtNs.get() - armedAtNs).isGreaterThanOrEqualTo(500_000);
            bestNs = Math.min(bestNs, firedAtNs.get() - armedAtNs);
        }
        assertThat(bestNs).isLessThan(1_000_000);
    }

    @Test
    void aDeadlineThatMovesEarlierIsMetAndOneThatMovesLaterWaits() {
        var engine = new NumberedBatches("b");
        Opened opened = open("a", engine, () -> {});
        engine.deadlineNs.set(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
        opened.flush();
        engine.deadlineNs.set(System.nanoTime() + 1_000_000);
        opened.flush();
        await().until(() -> engine.timeouts.get() == 1);

        engine.deadlineNs.set(System.nanoTime() + 2_000_000);
        opened.flush();
        long laterNs = System.nanoTime() + 100_000_000;
        engine.deadlineNs.set(laterNs);
        await().until(() -> engine.timeouts.get() == 2);
        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(laterNs);
    }

    @Test
    void whatAnInputCausedIsSentAfterTheCallback() {
        var sender = new NumberedBatches("b");
        var answering = new NumberedBatches("a");
        var callbacks = new AtomicInteger();
        Opened from = open("a", sender, () -> {});
        open(
                "b",
                answering,
                () -> {
                    callbacks.incrementAndGet();
                    answering.sendUpTo(answering.received.size());
                });
        sender.sendUpTo(100);
        from.flush();
        await().until(() -> sender.received.size() == 100);
        assertThat(callbacks.get()).isBetween(1, 100);
    }

    @Test
    void aClosedLaneNeitherSendsNorFeeds() {
        var sender = new NumberedBatches("b");
        var receiver = new NumberedBatches("a");
        Opened from = open("a", sender, () -> {});
        Opened to = open("b", receiver, () -> {});
        to.lane.close().await();
        sender.sendUpTo(5);
        from.flush();
        await().until(() -> from.lane.stats().sendsFailed() == 5);
        from.lane.close().await();
        sender.sendUpTo(9);
        from.flush();
        assertThat(from.lane.stats().batchesSent()).isEqualTo(5);
        assertThat(receiver.received).isEmpty();
    }

    private Opened open(String address, LaneEngine engine, Runnable afterInput) {
        Context context = vertx.getOrCreateContext();
        var lane =
                Future.<BusLane>future(
                        done ->
                                context.runOnContext(
                                        unused ->
                                                BusLane.open(
                                                                vertx,
                                                                address,
                                                                engine,
                                                                System::nanoTime,
                                                                afterInput)
                                                        .onComplete(done)));
        return new Opened(context, lane.await());
    }

    private record Opened(Context context, BusLane lane) {
        void flush() {
            Future.<Void>future(
                            done ->
                                    context.runOnContext(
                                            unused -> {
                                                lane.flush();
                                                done.complete();
                                            }))
                    .await();
        }
    }
}

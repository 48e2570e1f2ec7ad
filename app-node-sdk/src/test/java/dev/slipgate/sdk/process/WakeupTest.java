package dev.slipgate.sdk.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WakeupTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger arrivals = new AtomicInteger();

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void manyCallsWhileOneIsUnderWayCostTheLoopOneTask() throws InterruptedException {
        Context loop = vertx.getOrCreateContext();
        var wakeup = new Wakeup(loop, arrivals::incrementAndGet);
        var busy = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        loop.runOnContext(
                ignored -> {
                    busy.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        busy.await();

        for (int i = 0; i < 1_000; i++) {
            wakeup.run();
        }
        release.countDown();
        var behind = new CountDownLatch(1);
        loop.runOnContext(ignored -> behind.countDown());
        behind.await();

        assertThat(arrivals).hasValue(1);
        wakeup.run();
        await().until(() -> arrivals.get() == 2);
    }
}

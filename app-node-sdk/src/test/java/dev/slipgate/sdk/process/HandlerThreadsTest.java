package dev.slipgate.sdk.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HandlerThreadsTest {
    private final HandlerThreads threads = new HandlerThreads();

    @Test
    void blockedTasksHoldUpNobody() throws InterruptedException {
        var release = new CountDownLatch(1);
        var allBlocked = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            threads.execute(
                    () -> {
                        allBlocked.countDown();
                        awaitQuietly(release);
                    });
        }
        allBlocked.await();

        assertThat(threads.running()).isEqualTo(1_000);
        release.countDown();
        await().until(() -> threads.running() == 0);
    }

    @Test
    void interruptingEndsWhatBlocksAndTakesNothingNew() {
        var ran = new AtomicBoolean();
        threads.execute(() -> awaitQuietly(new CountDownLatch(1)));

        threads.interruptAll();
        threads.execute(() -> ran.set(true));

        await().until(() -> threads.running() == 0);
        assertThat(ran).isFalse();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.slipgate.sdk.process;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A virtual thread per task: per mailbox with work, and for the tick. The lanes bound them: a
 * connection has at most one. Thread-safe.
 */
final class HandlerThreads implements Executor {
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("handler-", 0).factory());
    private final AtomicInteger running = new AtomicInteger();

    /** Tasks that were taken and are not over, those that block included. */
    int running() {
        return running.get();
    }

    /** Runs the task on a thread of its own; after {@link #interruptAll} it is dropped. */
    @Override
    public void execute(Runnable task) {
        running.incrementAndGet();
        try {
            threads.execute(() -> count(task));
        } catch (RejectedExecutionException stopped) {
            running.decrementAndGet();
        }
    }

    private void count(Runnable task) {
        try {
            task.run();
        } finally {
            running.decrementAndGet();
        }
    }

    /** Interrupts what still runs, and takes nothing any more. Waits for nobody. */
    void interruptAll() {
        threads.shutdownNow();
    }
}

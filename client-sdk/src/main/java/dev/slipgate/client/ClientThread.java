package dev.slipgate.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The thread of a client: turns, and sleep between them. A platform thread, since it waits on a
 * selector, which would pin a virtual one; a daemon, so that it keeps no game from ending.
 */
final class ClientThread {
    private static final AtomicLong STARTED = new AtomicLong();

    private final SlipgateClient client;
    private final Waiting waiting;
    private final Thread thread;

    ClientThread(SlipgateClient client) {
        this.client = client;
        try {
            this.waiting = new Waiting();
        } catch (IOException noSelector) {
            throw new UncheckedIOException(noSelector);
        }
        this.thread =
                Thread.ofPlatform()
                        .name("slipgate-client-" + STARTED.incrementAndGet())
                        .daemon()
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    void wake() {
        waiting.wake();
    }

    /** A callback threw: told where uncaught exceptions are told, and the client goes on. */
    void onThrown(Throwable thrown) {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }

    boolean awaitEnd(long timeoutNs) throws InterruptedException {
        return thread.join(Duration.ofNanos(timeoutNs));
    }

    private void run() {
        try (waiting) {
            boolean more = client.step();
            while (!client.closed()) {
                waiting.await(client, more ? 0 : client.untilDeadlineNs());
                more = client.step();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            client.abandon(); // nobody waits for a thread that is gone
        }
    }
}

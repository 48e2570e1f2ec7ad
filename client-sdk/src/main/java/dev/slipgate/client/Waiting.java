package dev.slipgate.client;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** Where a thread sleeps until its client has something to do. Any thread may wake it. */
final class Waiting implements AutoCloseable {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;

    Waiting() throws IOException {
        selector = Selector.open();
    }

    /**
     * Sleeps until something came for the client, the time is over, or somebody wakes it.
     *
     * @param forNs 0 or less not to sleep
     */
    void await(SlipgateClient client, long forNs) throws IOException {
        client.watch(selector);
        if (forNs <= 0) {
            selector.selectNow();
        } else {
            // Rounded up: it would wake too early, and again, and again.
            selector.select(Math.max(1, forNs / NS_PER_MS + (forNs % NS_PER_MS == 0 ? 0 : 1)));
        }
        selector.selectedKeys().clear();
    }

    void wake() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}

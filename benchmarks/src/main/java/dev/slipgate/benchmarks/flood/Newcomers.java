package dev.slipgate.benchmarks.flood;

import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.PinnedKey;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Genuine clients that connect one after another, on a thread of its own, until it is closed. */
final class Newcomers implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MESSAGE_BYTES = 200;

    private final InetSocketAddress gateway;
    private final PinnedKey key;
    private final Crypto crypto = CryptoProviders.select(CryptoProviders.AUTO);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("newcomers").unstarted(this::run);
    private volatile boolean over;
    private int connected;
    private int failed;
    private long slowestNs;

    private Newcomers(InetSocketAddress gateway, PinnedKey key) {
        this.gateway = gateway;
        this.key = key;
    }

    static Newcomers start(InetSocketAddress gateway, PinnedKey key) {
        var newcomers = new Newcomers(gateway, key);
        newcomers.thread.start();
        return newcomers;
    }

    private void run() {
        while (!over) {
            try (LoadGenerator load =
                    LoadGenerator.sealed(
                            new LoadGenerator.Shape(gateway, 1, MESSAGE_BYTES), key, crypto)) {
                long startNs = System.nanoTime();
                String problem = load.connect(PATIENCE_NS);
                slowestNs = Math.max(slowestNs, System.nanoTime() - startNs);
                connected += problem == null ? 1 : 0;
                failed += problem == null ? 0 : 1;
            } catch (IOException noSocket) {
                failed++;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Clients that connected; once it is closed. */
    int connected() {
        return connected;
    }

    /** Clients that did not; once it is closed. */
    int failed() {
        return failed;
    }

    /** The longest that one took; once it is closed. */
    double slowestMs() {
        return slowestNs / 1e6;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

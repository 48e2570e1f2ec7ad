package dev.slipgate.fabric.directory;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that calls a directory's listeners, one call at a time and in order. Its queue is
 * bounded by the news there is: a few calls per process that comes or goes.
 */
public final class Teller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Teller.class);

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("slipgate-directory").factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    /** Runs the call behind those before it; after {@link #close} it is dropped. */
    public void tell(Runnable call) {
        thread.execute(
                () -> {
                    try {
                        call.run();
                    } catch (RuntimeException e) {
                        log.warn("a directory listener failed", e);
                    }
                });
    }

    /** What was told before is still heard. */
    @Override
    public void close() {
        thread.shutdown();
    }
}

package dev.slipgate.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process: what has been started, in order, and how each of it is stopped, in reverse
 * order and each within its time. Thread-safe.
 */
public final class ProcessLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLifecycle.class);

    private final Deque<Step> steps = new ArrayDeque<>();
    private final CountDownLatch endAsked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int exitCode = ExitCode.OK;
    private boolean stopping;

    /** How something is stopped. */
    @FunctionalInterface
    public interface StopAction {
        /** Blocks until it is; interrupted when its time is over. */
        void stop() throws Exception;
    }

    private record Step(String name, Duration limit, StopAction action) {}

    /**
     * Says how to stop what was just started. When the process is stopping already, it is stopped
     * here and now.
     *
     * @param name for the log line when it fails or takes too long
     * @param limit how long it may take; the next step begins after it at the latest
     */
    public void onStop(String name, Duration limit, StopAction action) {
        Step step = new Step(name, limit, action);
        synchronized (this) {
            if (!stopping) {
                steps.push(step);
                return;
            }
        }
        run(step);
    }

    /** Asks the process to end. Returns at once; the first call's code counts. */
    public void end(int code) {
        synchronized (this) {
            if (endAsked.getCount() > 0) {
                exitCode = code;
            }
        }
        endAsked.countDown();
    }

    /** Blocks until {@link #end} or {@link #stop} is called. */
    public void awaitEnd() throws InterruptedException {
        endAsked.await();
    }

    /**
     * Stops everything that was started, last first. Harmless when repeated: a second caller waits
     * for the first.
     *
     * @return the exit code: {@link ExitCode#FAILURE} in place of 0 when a step failed or took too
     *     long
     */
    public int stop() {
        end(ExitCode.OK);
        if (beginStop()) {
            for (Step step = next(); step != null; step = next()) {
                if (!run(step)) {
                    noteFailure();
                }
            }
            stopped.countDown();
        }
        awaitStopped();
        synchronized (this) {
            return exitCode;
        }
    }

    private synchronized boolean beginStop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    private synchronized @Nullable Step next() {
        return steps.poll();
    }

    private synchronized void noteFailure() {
        exitCode = exitCode == ExitCode.OK ? ExitCode.FAILURE : exitCode;
    }

    private void awaitStopped() {
        boolean interrupted = false;
        while (stopped.getCount() > 0) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(Step step) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("stop-" + step.name)
                        .start(() -> failure.set(attempt(step.action)));
        try {
            if (!thread.join(step.limit)) {
                thread.interrupt();
                LOG.warn("{} did not stop within {} ms", step.name, step.limit.toMillis());
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            LOG.warn("{} did not stop cleanly", step.name, thrown);
        }
        return thrown == null;
    }

    private static @Nullable Throwable attempt(StopAction action) {
        try {
            action.stop();
            return null;
        } catch (Exception | Error e) {
            return e;
        }
    }
}

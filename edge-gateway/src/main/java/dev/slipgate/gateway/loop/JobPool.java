package dev.slipgate.gateway.loop;

import dev.slipgate.protocol.session.Job;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads that run costly crypto for all loops of a process. Platform threads, and few: the
 * work never waits, and a flood of handshakes must not take all cores from living sessions.
 * Thread-safe.
 */
public final class JobPool implements AutoCloseable {
    /** Jobs of one endpoint that run or wait here at once; the rest stays in the endpoint. */
    public static final int MAX_JOBS_PER_ENDPOINT = 64;

    /** Steps of TLS handshakes that run or wait here at once; each connection has one at most. */
    private static final int MAX_TLS_TASKS = 256;

    private final ThreadPoolExecutor executor;
    private final Semaphore tlsRoom = new Semaphore(MAX_TLS_TASKS);
    private final LongAdder jobsDone = new LongAdder();
    private final LongAdder jobsFailed = new LongAdder();
    private final LongAdder jobsRefused = new LongAdder();
    private final LongAdder jobBoundReached = new LongAdder();

    /**
     * @param threads 1 or more
     * @param endpoints how many endpoints will submit: the queue has room for all they may have
     */
    public JobPool(int threads, int endpoints) {
        var queue =
                new ArrayBlockingQueue<Runnable>(endpoints * MAX_JOBS_PER_ENDPOINT + MAX_TLS_TASKS);
        var number = new AtomicLong();
        this.executor =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        queue,
                        work -> newThread(work, number.incrementAndGet()));
    }

    private static Thread newThread(Runnable work, long number) {
        Thread thread = new Thread(work, "slipgate-handshake-" + number);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs a job, then {@code done} on the same thread, whatever became of the job.
     *
     * @return false when it was refused, and counted: the pool is closed, or its queue full
     */
    boolean trySubmit(Job job, Runnable done) {
        try {
            executor.execute(() -> run(job, done));
            return true;
        } catch (RejectedExecutionException full) {
            jobsRefused.increment();
            return false;
        }
    }

    private void run(Job job, Runnable done) {
        try {
            job.run();
        } catch (RuntimeException | Error broken) {
            // A bug, perhaps in reach of strangers: a counter that is not 0 tells, no log line
            // each.
            jobsFailed.increment();
        } finally {
            jobsDone.increment();
            done.run();
        }
    }

    /**
     * Runs the costly steps of TLS handshakes on the same threads, with a bound of their own. What
     * finds no room is refused and counted, and its connection fails.
     */
    public Executor tlsTasks() {
        return this::runTlsTask;
    }

    private void runTlsTask(Runnable task) {
        if (!tlsRoom.tryAcquire()) {
            jobsRefused.increment();
            throw new RejectedExecutionException("as many TLS handshakes as may be are under way");
        }
        if (!trySubmit(task::run, tlsRoom::release)) {
            tlsRoom.release();
            throw new RejectedExecutionException("the pool is closed");
        }
    }

    void countBoundReached() {
        jobBoundReached.increment();
    }

    /** What it has counted; any thread. */
    public Stats stats() {
        return new Stats(
                jobsDone.sum(), jobsFailed.sum(), jobsRefused.sum(), jobBoundReached.sum());
    }

    /** Refuses what comes; what waits is dropped. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /**
     * A snapshot.
     *
     * @param done jobs that have run, failed ones included
     * @param failed jobs that threw, which none may
     * @param refused jobs dropped since the pool was closed or its queue full
     * @param boundReached how often an endpoint had to keep its further jobs for a while
     */
    public record Stats(long done, long failed, long refused, long boundReached) {}
}

package dev.slipgate.protocol.session;

/**
 * Costly crypto that a session or endpoint wants done: run it on any thread, then hand it back to
 * {@code onJobDone} of where it came from, on that one's thread. A job that throws is handed back
 * all the same; it remembers its failure.
 */
public interface Job {
    /**
     * Does the work. Called once, on any thread; touches nothing but the job itself; throws
     * nothing.
     */
    void run();
}

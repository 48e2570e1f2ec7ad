package dev.slipgate.runtime.lifecycle;

/** Runs a process in the foreground of its JVM until it is told to stop. */
public final class ProcessRunner {
    private ProcessRunner() {}

    /** What starts a process. */
    @FunctionalInterface
    public interface Body {
        /**
         * Starts everything and returns; each thing started is given to the lifecycle at once, so
         * that it is stopped even when a later one fails.
         *
         * @throws StartFailure when it cannot
         */
        void start(ProcessLifecycle lifecycle) throws Exception;
    }

    /**
     * Starts {@code body} and blocks until SIGTERM, SIGINT or {@link ProcessLifecycle#end}; then
     * stops it. After a signal the JVM ends in here with the exit code of a clean stop, not with
     * that of the signal.
     *
     * @return the exit code
     * @throws StartFailure from the body, after what had been started was stopped
     */
    public static int run(Body body) throws Exception {
        ProcessLifecycle lifecycle = new ProcessLifecycle();
        // A hook that returned would leave 128 plus the signal as the exit code.
        Thread hook = new Thread(() -> Runtime.getRuntime().halt(lifecycle.stop()), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            body.start(lifecycle);
            lifecycle.awaitEnd();
        } finally {
            if (removed(hook)) {
                lifecycle.stop();
            }
        }
        return lifecycle.stop();
    }

    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook stops everything, and ends the process.
            return false;
        }
    }
}

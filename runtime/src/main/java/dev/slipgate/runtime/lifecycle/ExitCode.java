package dev.slipgate.runtime.lifecycle;

/** What a process tells its caller when it ends. */
public final class ExitCode {
    /** Did what it was asked to, or was stopped by SIGTERM or SIGINT and stopped cleanly. */
    public static final int OK = 0;

    /** Could not do it, or could not go on. */
    public static final int FAILURE = 1;

    /** Was asked wrongly: flags or configuration. */
    public static final int USAGE = 2;

    private ExitCode() {}
}

package dev.slipgate.runtime.logging;

import org.slf4j.MDC;

/**
 * Puts the id of the connection that a thread is working for into each line that it logs, the app's
 * own lines included.
 */
public final class LogContext {
    /** The key, in JSON lines and in SLF4J's MDC. */
    public static final String CONNECTION = "connection";

    private LogContext() {}

    /** Ends what {@link #connection} began. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * From now on this thread works for a connection, until the scope is closed by the same thread.
     *
     * @param id a {@code ConnectionId}, as text
     */
    public static Scope connection(String id) {
        MDC.put(CONNECTION, id);
        return () -> MDC.remove(CONNECTION);
    }
}

package dev.slipgate.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The servers that a bench has started. They end with it however it ends: at the end of the
 * command, or, when a signal cuts it short, at that of the JVM.
 */
public final class RunningServers implements AutoCloseable {
    /** Something that was started and must be ended. */
    public interface Server extends AutoCloseable {
        @Override
        void close();
    }

    private final Deque<Server> started = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::endAll, "bench-stop");

    public RunningServers() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Takes charge of a server. */
    public synchronized <S extends Server> S add(S server) {
        started.push(server);
        return server;
    }

    private synchronized void endAll() {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            // The hook finds nothing left to end.
        }
    }
}

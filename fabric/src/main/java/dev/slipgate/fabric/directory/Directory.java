package dev.slipgate.fabric.directory;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who is in the cluster. May be stale for a moment; nothing that must be unique is decided by it.
 * Thread-safe; a process has one.
 */
public interface Directory extends AutoCloseable {
    /**
     * Makes this process known. Called once its lanes listen, and again when its record changes.
     */
    void announce(ProcessRecord self);

    /**
     * Takes this process out, ahead of its leaving, so that others stop placing on it. Harmless
     * when not announced.
     */
    void withdraw();

    /** All announced processes, this one included. */
    Collection<ProcessRecord> processes();

    /**
     * Reads the directory again: all that was announced before this call, where {@link
     * #processes()} may lag behind. What this process has announced before is then seen by who
     * reads later, so that of two that announce and then read, at least one sees the other.
     *
     * @return completed on a thread of the directory's, as soon as somebody answers; exceptionally
     *     when it is closed before
     */
    default CompletionStage<Collection<ProcessRecord>> readAnew() {
        return CompletableFuture.completedStage(processes());
    }

    /**
     * Registers a listener; it is told at once about every process that is there, then about each
     * change. Calls come one at a time, on a thread of the directory's; a listener hands them on to
     * its own thread and never blocks.
     */
    void listen(DirectoryListener listener);

    @Override
    void close();
}

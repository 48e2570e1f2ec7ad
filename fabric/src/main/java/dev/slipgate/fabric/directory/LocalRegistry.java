package dev.slipgate.fabric.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of {@link InMemoryDirectory} share: the processes of one JVM and who listens.
 * Thread-safe; listeners are called one at a time, in order, on a thread of the registry's.
 */
public final class LocalRegistry implements AutoCloseable {
    private final Map<Long, ProcessRecord> processes = new LinkedHashMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Teller teller = new Teller();

    synchronized void put(ProcessRecord record) {
        if (!record.equals(processes.put(record.processId(), record))) {
            tellAll(listener -> listener.onUp(record));
        }
    }

    synchronized void remove(long processId) {
        @Nullable ProcessRecord removed = processes.remove(processId);
        if (removed != null) {
            tellAll(listener -> listener.onDown(removed));
        }
    }

    synchronized Collection<ProcessRecord> processes() {
        return List.copyOf(processes.values());
    }

    synchronized void listen(InMemoryDirectory handle, DirectoryListener listener) {
        subscriptions.add(new Subscription(handle, listener));
        for (ProcessRecord record : processes.values()) {
            teller.tell(() -> listener.onUp(record));
        }
    }

    synchronized void forget(InMemoryDirectory handle) {
        subscriptions.removeIf(subscription -> subscription.handle == handle);
    }

    /** Ends the thread that calls listeners. */
    @Override
    public void close() {
        teller.close();
    }

    private void tellAll(Consumer<DirectoryListener> telling) {
        for (Subscription subscription : subscriptions) {
            teller.tell(() -> telling.accept(subscription.listener));
        }
    }

    private record Subscription(InMemoryDirectory handle, DirectoryListener listener) {}
}

package dev.slipgate.fabric.directory;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process's handle on a {@link LocalRegistry}: the directory where all is one JVM. */
public final class InMemoryDirectory implements Directory {
    private final LocalRegistry registry;
    private volatile @Nullable ProcessRecord self;

    /** A handle for one process; give each its own. */
    public InMemoryDirectory(LocalRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void announce(ProcessRecord record) {
        self = record;
        registry.put(record);
    }

    @Override
    public void withdraw() {
        @Nullable ProcessRecord announced = self;
        self = null;
        if (announced != null) {
            registry.remove(announced.processId());
        }
    }

    @Override
    public Collection<ProcessRecord> processes() {
        return List.copyOf(registry.processes());
    }

    @Override
    public void listen(DirectoryListener listener) {
        registry.listen(this, listener);
    }

    /** Withdraws; this handle's listeners hear nothing more. */
    @Override
    public void close() {
        withdraw();
        registry.forget(this);
    }
}

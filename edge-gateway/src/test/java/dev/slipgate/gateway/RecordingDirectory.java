package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A directory with one process in it, which remembers what that did. */
final class RecordingDirectory implements Directory {
    final List<ProcessRecord> announced = new CopyOnWriteArrayList<>();
    volatile boolean withdrawn;

    @Override
    public void announce(ProcessRecord self) {
        announced.add(self);
    }

    @Override
    public void withdraw() {
        withdrawn = true;
    }

    @Override
    public Collection<ProcessRecord> processes() {
        return announced;
    }

    @Override
    public void listen(DirectoryListener listener) {
        announced.forEach(listener::onUp);
    }

    @Override
    public void close() {}
}

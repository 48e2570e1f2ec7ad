package dev.slipgate.fabric.hazelcast;

import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a directory told. */
final class Heard implements DirectoryListener {
    final List<ProcessRecord> up = new CopyOnWriteArrayList<>();
    final List<ProcessRecord> down = new CopyOnWriteArrayList<>();

    @Override
    public void onUp(ProcessRecord process) {
        up.add(process);
    }

    @Override
    public void onDown(ProcessRecord process) {
        down.add(process);
    }
}

package dev.slipgate.gateway.memory;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.memorynet.MemoryEnd;
import dev.slipgate.protocol.memorynet.MemoryMode;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client in the same process: its connection, and its address, equal to itself alone. */
final class MemoryPeer implements PeerAddress {
    private final MemoryEnd end;
    private final MemoryCarrier carrier;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean full;

    MemoryPeer(MemoryEnd end, MemoryCarrier carrier) {
        this.end = end;
        this.carrier = carrier;
    }

    MemoryEnd end() {
        return end;
    }

    /** There is news of the connection; any thread, and often: the loop is asked once. */
    void onActivity() {
        if (scheduled.compareAndSet(false, true)) {
            carrier.schedule(this);
        }
    }

    /** The loop reads now; what comes from here on is told anew. */
    void beginReading() {
        scheduled.set(false);
    }

    /** Whether a stream takes no more from now on. */
    boolean becomesFull() {
        boolean before = full;
        full = end.mode() == MemoryMode.STREAM && !end.writable();
        return full && !before;
    }

    /** Whether a stream that took no more does so again. */
    boolean becomesWritable() {
        boolean before = full;
        full = full && !end.writable();
        return before && !full;
    }

    /** Limits per host are not for one's own process. */
    @Override
    public Object host() {
        return this;
    }

    @Override
    public String toString() {
        return "memory";
    }
}

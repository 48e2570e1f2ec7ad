package dev.slipgate.fabric.node;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Units on their way from the threads of handlers to the lane's thread. Bounded by what the
 * connections' outboxes and mailboxes allow. Many units cost one wakeup.
 */
final class UnitQueue {
    private final Queue<Unit> units = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeupPending = new AtomicBoolean();
    private final Runnable wakeup;

    UnitQueue(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /** From any thread. */
    void post(Unit unit) {
        units.add(unit);
        if (wakeupPending.compareAndSet(false, true)) {
            wakeup.run();
        }
    }

    /** On the lane's thread, after the wakeup. */
    void drain(Consumer<Unit> taker) {
        wakeupPending.set(false); // before the queue is read: what comes later wakes again
        for (Unit unit = units.poll(); unit != null; unit = units.poll()) {
            taker.accept(unit);
        }
    }
}

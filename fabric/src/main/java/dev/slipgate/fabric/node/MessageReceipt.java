package dev.slipgate.fabric.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The receipt of one message. */
final class MessageReceipt implements Receipt {
    private final Unit unit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private @Nullable List<Consumer<State>> callbacks;
    private volatile State state;

    MessageReceipt(Unit unit, boolean tracked) {
        this.unit = unit;
        this.state = tracked ? State.PENDING : State.NOT_TRACKED;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void whenSettled(Consumer<State> callback) {
        lock.lock();
        try {
            if (state == State.PENDING) {
                callbacks = callbacks == null ? new ArrayList<>(1) : callbacks;
                callbacks.add(callback);
                return;
            }
        } finally {
            lock.unlock();
        }
        callback.accept(state);
    }

    @Override
    public State await(Duration timeout) throws InterruptedException {
        if (state != State.PENDING) {
            return state;
        }
        if (unit.runsOnThisThread()) {
            throw new IllegalStateException(
                    "this message leaves only when the handler that sent it returns, so waiting for its"
                            + " delivery in that handler would never end; use whenSettled");
        }
        long leftNs = timeout.toNanos();
        lock.lock();
        try {
            while (state == State.PENDING && leftNs > 0) {
                leftNs = settled.awaitNanos(leftNs);
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** How it ended; the first call counts. */
    void settle(State outcome) {
        List<Consumer<State>> waiting;
        lock.lock();
        try {
            if (state != State.PENDING) {
                return;
            }
            state = outcome;
            waiting = callbacks;
            callbacks = null;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.forEach(callback -> call(callback, outcome));
        }
    }

    /** The lane is in the midst of a batch: what an app's callback throws must not end that. */
    private static void call(Consumer<State> callback, State outcome) {
        try {
            callback.accept(outcome);
        } catch (Throwable failure) {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, failure);
        }
    }
}

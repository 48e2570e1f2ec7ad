package dev.slipgate.fabric.node;

import java.time.Duration;
import java.util.function.Consumer;

/** The fate of one sent message. Thread-safe. */
public interface Receipt {
    /** How it ended, so far. */
    enum State {
        /** Not known yet. */
        PENDING,
        /** The client's end has it: for a dialect client, its packet ack came. */
        DELIVERED,
        /** The connection ended first: the client may or may not have it. */
        UNKNOWN,
        /** An unreliable message: nobody will tell. */
        NOT_TRACKED
    }

    State state();

    /**
     * Calls back once the state is no longer PENDING, on a thread of the lane; at once when it is
     * not. Must not block; what it throws on a thread of the lane goes to that thread's handler of
     * uncaught exceptions.
     */
    void whenSettled(Consumer<State> callback);

    /**
     * Waits until settled or the time is over, then tells the state.
     *
     * @throws IllegalStateException from within the very run of a handler that sent the message: it
     *     leaves only when that run returns, so the wait could never end
     */
    State await(Duration timeout) throws InterruptedException;
}

package dev.slipgate.client;

import java.util.concurrent.CompletableFuture;

/** What became of a send. */
public sealed interface SendOutcome {
    /**
     * Taken; {@code delivery} completes, never exceptionally, when its fate is known: on the thread
     * of the callbacks, or within {@link SlipgateClient#poll}.
     */
    record Queued(CompletableFuture<DeliveryState> delivery) implements SendOutcome {}

    /** Nothing was taken, and why. */
    record Refused(Reason reason) implements SendOutcome {}

    /** Why a send was refused. */
    enum Reason {
        /** The client holds its limit of undelivered bytes: wait for {@code onWritable}. */
        BACKPRESSURED,
        /** Above the largest message. */
        TOO_LARGE,
        /** The client is closed; or the message is unreliable and there is no connection now. */
        CLOSED
    }

    /** What is known of a message that was taken. */
    enum DeliveryState {
        /** The node's handler has run for it. */
        HANDLED,
        /** The connection ended first: the handler may have run for it or not. */
        UNKNOWN,
        /** An unreliable message: nobody will tell. */
        NOT_TRACKED
    }

    /** Whether it was taken. */
    default boolean queued() {
        return this instanceof Queued;
    }
}

package dev.slipgate.fabric.node;

/** What became of a send. */
public sealed interface SendOutcome {
    /** Taken; {@code receipt} tells of its delivery. */
    record Queued(Receipt receipt) implements SendOutcome {}

    /** Nothing was taken, and why. */
    record Refused(Reason reason) implements SendOutcome {}

    /** Why a send was refused. */
    enum Reason {
        /** The connection's outbox holds its limit of undelivered bytes: send later. */
        OUTBOX_FULL,
        /** One run of a handler may send at most 1 MiB to its connection. */
        UNIT_FULL,
        /** Above the largest message. */
        TOO_LARGE,
        /** The connection is over. */
        CLOSED
    }
}

package dev.slipgate.testing.check;

/** One way in which a history of messages is not what was promised. */
public sealed interface Violation {
    /** Sent, and never arrived. */
    record Lost(long number) implements Violation {}

    /** Arrived again. */
    record Duplicate(long number) implements Violation {}

    /** Arrived with other bytes than were sent. */
    record Changed(long number) implements Violation {}

    /** Arrived after one that was sent later. */
    record OutOfOrder(long number, long after) implements Violation {}

    /** Arrived, and was never sent. */
    record NeverSent(long number) implements Violation {}
}

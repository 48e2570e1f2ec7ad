package dev.slipgate.testing.simulation;

import java.util.Locale;

/** What the network, or somebody in it, does to packets and addresses. */
enum Fault {
    /** Packets that took their time: all of them. */
    LATENCY,
    /** Packets that took longer than the latency. */
    JITTER,
    LOSS,
    DUPLICATION,
    REORDERING,
    CORRUPTION,
    /** A client got another address. */
    REBINDING,
    /** Packets that were larger than what a path let through. */
    SMALL_MTU,
    /** A packet that was recorded came again, from where it came or from elsewhere. */
    REPLAY;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

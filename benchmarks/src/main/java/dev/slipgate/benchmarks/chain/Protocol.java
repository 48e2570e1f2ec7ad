package dev.slipgate.benchmarks.chain;

/** What the clients of a bench speak. */
public enum Protocol {
    /** The native protocol, by UDP. */
    SLIPGATE,
    /** The dialect of that name. */
    MPGAMESERVER
}

package dev.slipgate.protocol.slipgate.recovery;

/** What an ACK frame brought. */
public enum AckOutcome {
    /** Packets are acknowledged that were not before, or older ones are lost for it. */
    PROGRESS,
    /** Nothing that was not known. */
    NOTHING_NEW,
    /** A packet that was never sent: the peer breaks the protocol; nothing was changed. */
    NEVER_SENT
}

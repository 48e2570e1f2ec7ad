package dev.slipgate.protocol.slipgate.recovery;

/** What {@link Recovery#onTimeout} found due. */
public enum TimeoutOutcome {
    /** Nothing yet. */
    EARLY,
    /** Packets were lost, and told to the {@link PacketFate}. */
    LOSSES,
    /** No ACK for too long: send one or two eliciting packets now, whatever the window says. */
    PROBE
}

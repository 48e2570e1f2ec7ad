package dev.slipgate.protocol.slipgate.recovery;

/** What the sender expects of a packet. */
public enum SentKind {
    /** No answer, and it counts for nothing: ACK, CLOSE; on a stream all but PING. */
    SILENT,
    /**
     * No answer, but it takes room in the congestion window: padding beyond the smallest packet.
     */
    PADDED,
    /** An ACK; sent again if need be; takes room in the congestion window. */
    ELICITING
}

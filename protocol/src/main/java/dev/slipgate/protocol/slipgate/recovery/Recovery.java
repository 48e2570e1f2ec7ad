package dev.slipgate.protocol.slipgate.recovery;

/**
 * The sender's side of a session's packets: their numbers, their fate, and the next time something
 * is due. {@link LossDetection} for datagrams, {@link StreamRecovery} for carriers that lose
 * nothing.
 */
public sealed interface Recovery permits LossDetection, StreamRecovery {
    /** The handle of a packet that carries nothing to be told about. */
    int NO_HANDLE = -1;

    /** The number of the next packet. */
    long nextNumber();

    /** How many bytes of {@link #nextNumber} the next packet must show, 1 to 4. */
    int nextNumberBytes();

    /**
     * The packet {@link #nextNumber} leaves.
     *
     * @param bytes of the whole packet
     * @param handle what {@link PacketFate} is told of it; {@link #NO_HANDLE} unless ELICITING
     * @param reported the largest number that an ACK in it names, or {@code PacketNumbers.NONE}
     * @return its number
     * @throws IllegalStateException when there is no room at all; see {@link #mayTakeControl}
     */
    long onSent(SentKind kind, int bytes, int handle, long reported, long nowNs);

    /** Takes an ACK frame with at least one range, and the delay it names. */
    AckOutcome onAck(AckRanges ranges, long ackDelayNs, long nowNs, PacketFate fate);

    /** Time has passed; harmless when early. */
    TimeoutOutcome onTimeout(long nowNs, PacketFate fate);

    /** When {@link #onTimeout} is next due, or {@code Endpoint.NEVER}. */
    long nextTimeoutNs();

    /** Whether the window and the room for open packets take another packet with data. */
    boolean mayTakeData();

    /** Whether there is room for another ACK or probe. CLOSE may leave without asking. */
    boolean mayTakeControl();

    /**
     * Packets sent since the last eliciting one. After some (16, say) a sender adds a PING, or its
     * own ACKs are never acknowledged, and grow with ranges that the peer knows.
     */
    int sentSinceEliciting();

    /**
     * The handle of the oldest eliciting packet that is open, for a probe; or {@link #NO_HANDLE}.
     */
    int oldestHandle();

    /** The session ends: every open eliciting packet is told as lost, and counted as nothing. */
    void abandon(PacketFate fate);

    /** The peer is reached by another path: round trip and window begin anew. */
    void onNewPath();

    /** Gives memory back that a burst took; for a session that has become idle. */
    void trim();

    /** The round trip; the session may add the handshake's. */
    RttEstimator rtt();

    /** The congestion window in bytes, for the pacer. */
    long windowBytes();

    long bytesInFlight();

    /** Eliciting packets declared lost, those that came late included. */
    long packetsLost();

    /** Packets declared lost that were acknowledged later. */
    long spuriousLosses();

    /** How often a probe was called for. */
    long probeTimeouts();

    /** The part of our eliciting packets that was lost of late, 0 to 1. */
    double lossRatio();
}

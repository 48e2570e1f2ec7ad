package dev.slipgate.protocol.slipgate.recovery;

/**
 * Learns what became of packets. Called in the midst of {@link Recovery#onAck} and {@link
 * Recovery#onTimeout}; it notes what to send, but sends nothing itself.
 */
public interface PacketFate {
    /**
     * A packet arrived.
     *
     * @param handle what was given with it
     * @param reported for {@link ReceivedPackets#onAckAcked}: the largest number that an ACK in the
     *     packet named, or {@code PacketNumbers.NONE}
     */
    void onAcked(long number, int handle, long reported);

    /** An eliciting packet is taken for lost, and its handle is not heard of again. */
    void onLost(long number, int handle);
}

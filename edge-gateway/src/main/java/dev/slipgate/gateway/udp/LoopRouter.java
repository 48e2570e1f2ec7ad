package dev.slipgate.gateway.udp;

/**
 * Tells which event loop a datagram belongs to. The kernel chooses the socket by the sender's
 * address, so a client whose address changed may arrive at a loop that does not have its session.
 */
@FunctionalInterface
public interface LoopRouter {
    /** Every datagram belongs to the loop that it came to. */
    LoopRouter NONE = (bytes, offset, length) -> -1;

    /**
     * The loop's index; negative when the datagram does not say. Strangers write it: any number may
     * come. Called on all loops.
     */
    int loopOf(byte[] bytes, int offset, int length);
}

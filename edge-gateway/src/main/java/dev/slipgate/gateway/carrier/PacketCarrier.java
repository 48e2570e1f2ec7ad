package dev.slipgate.gateway.carrier;

import dev.slipgate.protocol.PeerAddress;

/**
 * What moves packets between the network and one event loop; confined to that loop. It reads in
 * bursts into a {@link PacketSink} and gathers what is sent until {@link #flush}, so that a burst
 * costs as few system calls as can be.
 */
public interface PacketCarrier {
    /**
     * Takes a packet for a peer of this carrier; it leaves at the next {@link #flush} at the
     * latest, by the socket that the peer's packets come to.
     *
     * @param bytes copied during the call
     * @param length at most the carrier's largest packet
     * @return false when it was dropped, and counted, since the kernel takes nothing more at the
     *     moment or the peer's socket is gone
     */
    boolean trySend(PeerAddress peer, byte[] bytes, int length);

    /** Closes the stream to a peer once what was flushed has left; nothing for datagrams. */
    default void closeStream(PeerAddress peer) {}

    /** Hands everything gathered so far to the kernel. */
    void flush();
}

package dev.slipgate.gateway.carrier;

import dev.slipgate.protocol.PeerAddress;
import java.nio.ByteBuffer;

/** Where a carrier delivers what it reads; called on the carrier's loop. */
public interface PacketSink {
    /**
     * A packet of the present burst: a datagram, or what a stream had behind one length.
     *
     * @param packet backed by an array, position to limit; the carrier's scratch, valid and
     *     writable during the call
     */
    void onPacket(PeerAddress peer, ByteBuffer packet);

    /** No more packets come in this burst: the time to answer. */
    void onBurstEnd();

    /** The stream of a peer that has sent packets is closed; within a burst. */
    default void onPeerGone(PeerAddress peer) {}

    /** The stream of a peer takes more, or does not for now; outside of the sink's own polling. */
    default void onPeerWritable(PeerAddress peer, boolean writable) {}
}

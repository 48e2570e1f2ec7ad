package dev.slipgate.gateway.udp;

import dev.slipgate.protocol.PeerAddress;
import java.nio.ByteBuffer;

/** Where a carrier delivers what it reads; called on the carrier's loop. */
public interface DatagramSink {
    /**
     * A datagram of the present burst.
     *
     * @param datagram backed by an array, position to limit; the carrier's scratch, valid and
     *     writable during the call
     */
    void onDatagram(PeerAddress peer, ByteBuffer datagram);

    /** No more datagrams come in this burst: the time to answer. */
    void onBurstEnd();
}

package dev.slipgate.protocol.testnet;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Transmit;

/** What a {@link TestNetwork} drives: the shape of an endpoint, or of a bare session. */
public interface NetNode {
    /** A packet is here; the bytes are the callee's. */
    void onPacket(PeerAddress from, byte[] packet, long nowNs);

    /** Fills the next packet; false when there is none now. */
    boolean poll(Transmit out, long nowNs);

    /** Time has passed; harmless when early. */
    void onTimeout(long nowNs);

    /** When {@link #onTimeout} is next due, or {@code Endpoint.NEVER}. */
    long nextTimeoutNs();
}

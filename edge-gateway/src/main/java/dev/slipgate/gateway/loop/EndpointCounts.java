package dev.slipgate.gateway.loop;

/** What an endpoint has at the moment; any thread. */
public interface EndpointCounts {
    /** Live sessions. */
    int sessions();

    /** Strangers in the midst of a handshake. */
    int handshakes();
}

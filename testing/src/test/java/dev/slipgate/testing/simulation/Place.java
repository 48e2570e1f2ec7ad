package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.PeerAddress;

/** An address of the simulated network. */
record Place(String host, int port) implements PeerAddress {
    static final Place GATEWAY = new Place("gateway", 7770);

    @Override
    public String toString() {
        return host + ":" + port;
    }
}

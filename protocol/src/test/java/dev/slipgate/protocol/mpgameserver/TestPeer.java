package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.PeerAddress;

/** An address of the in-memory network. */
record TestPeer(String name, int port) implements PeerAddress {
    @Override
    public Object host() {
        return name;
    }
}

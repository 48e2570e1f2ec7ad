package dev.slipgate.protocol.testnet;

import dev.slipgate.protocol.PeerAddress;

/** An address of a {@link TestNetwork}. */
public record NetAddress(String name, int port) implements PeerAddress {
    @Override
    public Object host() {
        return name;
    }

    /** The same host at another port, as after a NAT forgot the old one. */
    public NetAddress withPort(int newPort) {
        return new NetAddress(name, newPort);
    }

    @Override
    public String toString() {
        return name + ":" + port;
    }
}

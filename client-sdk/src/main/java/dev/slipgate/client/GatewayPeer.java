package dev.slipgate.client;

import dev.slipgate.protocol.PeerAddress;

/**
 * The gateway, as sessions know it.
 *
 * @param text of its URI, without the key
 */
record GatewayPeer(String text) implements PeerAddress {
    @Override
    public Object host() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}

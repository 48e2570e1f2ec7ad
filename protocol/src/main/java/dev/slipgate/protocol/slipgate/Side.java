package dev.slipgate.protocol.slipgate;

/** Which end of a session this is. */
public enum Side {
    /** It began the handshake. */
    CLIENT,
    /** It answered the handshake. */
    GATEWAY;

    boolean gateway() {
        return this == GATEWAY;
    }
}

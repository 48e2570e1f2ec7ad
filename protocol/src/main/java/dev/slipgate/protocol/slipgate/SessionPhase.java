package dev.slipgate.protocol.slipgate;

/** How far a session is. {@code docs/wire-protocol.md}, States. */
enum SessionPhase {
    /** Nothing came yet under its keys, at the gateway; not started, at the client. */
    FRESH,
    /** The gateway waits for the token, or for what it means. */
    PENDING,
    /** Messages flow. */
    LIVE,
    /** This side has said CLOSE, and says it again when asked. */
    CLOSING,
    /** Nothing more. */
    OVER;

    /** Whether frames are taken and sent. */
    boolean open() {
        return this == PENDING || this == LIVE;
    }
}

package dev.slipgate.protocol.mpgameserver;

/** How the original's sender tries to have a message arrive. */
public enum RetryMode {
    /** Sent once. */
    NONE,
    /** Sent again at every keep-alive interval until acknowledged, for the message timeout. */
    BEST_EFFORT,
    /** Sent again until acknowledged, or until the connection ends. */
    RETRY_ON_TIMEOUT
}

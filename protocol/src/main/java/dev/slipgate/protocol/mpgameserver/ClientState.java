package dev.slipgate.protocol.mpgameserver;

/** How far a client has come. */
public enum ClientState {
    /** Not asked to connect. */
    IDLE,
    /** Makes keys, says hello, or checks the answer. */
    CONNECTING,
    /** Messages flow. */
    CONNECTED,
    /** Only answers with a wrong signature came in time. */
    REFUSED,
    /** No answer came in time. */
    TIMED_OUT,
    /** Was connected, and is no more. */
    CLOSED
}

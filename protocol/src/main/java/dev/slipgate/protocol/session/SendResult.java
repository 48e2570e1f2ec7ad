package dev.slipgate.protocol.session;

/** What became of a message given to a session. */
public enum SendResult {
    /** Taken: it will be sent, and if reliable, sent again until acknowledged. */
    QUEUED,
    /** The session's queue is full; nothing was taken. */
    BACKPRESSURED,
    /** Above the largest message of the session; nothing was taken. */
    TOO_LARGE,
    /** The session is closed or not yet connected; nothing was taken. */
    CLOSED
}

package dev.slipgate.protocol.slipgate;

/**
 * Why a client did not come to be connected.
 *
 * @param detail one clause for people
 * @param retryAfterMs when the gateway wants to be asked again; 0 when it did not say
 */
public record ConnectFailure(Kind kind, String detail, long retryAfterMs) {
    /** What to do about it differs. */
    public enum Kind {
        /** Who answered does not hold the key that the client pinned. */
        WRONG_KEY,
        /** Nothing came in time that could be believed. */
        NO_ANSWER,
        /** Gateway and client have no version in common. */
        VERSION_MISMATCH,
        /** The client's token was not accepted. */
        TOKEN_REFUSED,
        /** There is no room; later there may be. */
        SERVER_FULL
    }
}

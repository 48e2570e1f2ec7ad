package dev.slipgate.client;

/** What an attempt to connect came to, within the connect timeout. */
public sealed interface ConnectOutcome {
    /** A node has the connection: messages flow. */
    record Connected() implements ConnectOutcome {}

    /** There is no connection, and why. */
    sealed interface Failed extends ConnectOutcome {
        /** What is known beyond the kind; one clause, which may be empty. */
        String detail();

        /** What went wrong and what may be done, as one line for people. */
        default String text() {
            String what =
                    switch (this) {
                        case WrongKey f -> "wrong key: the gateway is not the one of the URI's key";
                        case NoAnswer f -> "no answer from the gateway";
                        case VersionMismatch f -> "client and gateway speak different versions";
                        case TokenRefused f -> "the token was refused";
                        case ServerFull f -> "the server is full";
                    };
            return detail().isEmpty() ? what : what + " (" + detail() + ")";
        }
    }

    /** Who answered does not have the key that the URI names. */
    record WrongKey(String detail) implements Failed {}

    /**
     * Nobody answered, or not to the end: nothing came, the stream was refused or broke, TLS
     * failed, no node took the connection, or the client was closed first.
     */
    record NoAnswer(String detail) implements Failed {}

    /** The gateway speaks other versions of the protocol. */
    record VersionMismatch(String detail) implements Failed {}

    /** The token was not accepted. */
    record TokenRefused(String detail) implements Failed {}

    /**
     * The gateway, or the cluster behind it, takes nobody at the moment.
     *
     * @param retryAfterMs when it may be worth another try; 0 when the gateway did not say
     */
    record ServerFull(String detail, long retryAfterMs) implements Failed {}
}

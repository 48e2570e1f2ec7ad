package dev.slipgate.client;

import dev.slipgate.protocol.CloseReason;

/** What may be different the next time. */
final class Retries {
    private Retries() {}

    /** Whether a lost connection is worth another: not when somebody wanted it to end. */
    static boolean worthwhile(CloseReason lostFor) {
        return switch (lostFor) {
            case CLIENT_TIMEOUT,
                    NODE_LOST,
                    GATEWAY_LOST,
                    LINK_LOST,
                    NO_NODE,
                    GATEWAY_STOPPING,
                    NODE_STOPPING,
                    OVERLOADED,
                    SERVER_FULL,
                    SESSION_UNKNOWN ->
                    true;
            case CLIENT_CLOSED,
                    APP_CLOSED,
                    REFUSED,
                    PROTOCOL_ERROR,
                    HANDLER_FAILED,
                    TOKEN_REFUSED,
                    REPLACED ->
                    false;
        };
    }

    /** Whether a failed attempt is worth another. */
    static boolean worthwhile(ConnectOutcome.Failed failed) {
        return switch (failed) {
            case ConnectOutcome.NoAnswer f -> true;
            case ConnectOutcome.ServerFull f -> true;
            case ConnectOutcome.WrongKey f -> false;
            case ConnectOutcome.VersionMismatch f -> false;
            case ConnectOutcome.TokenRefused f -> false;
        };
    }

    /**
     * What a listener is told of a failed attempt.
     *
     * @param lostFor why the connection was lost in the first place
     */
    static CloseReason reasonOf(ConnectOutcome.Failed failed, CloseReason lostFor) {
        return switch (failed) {
            case ConnectOutcome.ServerFull f -> CloseReason.SERVER_FULL;
            case ConnectOutcome.TokenRefused f -> CloseReason.TOKEN_REFUSED;
            case ConnectOutcome.WrongKey f -> CloseReason.PROTOCOL_ERROR;
            case ConnectOutcome.VersionMismatch f -> CloseReason.PROTOCOL_ERROR;
            case ConnectOutcome.NoAnswer f -> lostFor;
        };
    }
}

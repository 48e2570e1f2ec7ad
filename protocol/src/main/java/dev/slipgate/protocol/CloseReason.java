package dev.slipgate.protocol;

/**
 * Why a connection ended. The code is on the link's wire and in {@code onDisconnect}; codes are
 * never reused.
 */
public enum CloseReason {
    /** The client said goodbye. */
    CLIENT_CLOSED(1, "the client disconnected"),
    /** Nothing came from the client for the session's timeout. */
    CLIENT_TIMEOUT(2, "nothing came from the client for the timeout"),
    /** The app called {@code close}. */
    APP_CLOSED(3, "the app closed the connection"),
    /** The node that owned the connection is gone. */
    NODE_LOST(4, "the node is gone"),
    /** The gateway that held the client is gone. */
    GATEWAY_LOST(5, "the gateway is gone"),
    /** A batch was lost between gateway and node, or the link was silent for its timeout. */
    LINK_LOST(6, "the link between gateway and node broke"),
    /** No node took the connection within the placement timeout. */
    NO_NODE(7, "no node takes connections"),
    /** The gateway stops. */
    GATEWAY_STOPPING(8, "the gateway stops"),
    /** The node stops. */
    NODE_STOPPING(9, "the node stops"),
    /** The node refused to open the connection. */
    REFUSED(10, "the node refused the connection"),
    /** A bound of gateway or node was reached and the message could not be given up. */
    OVERLOADED(11, "a bound was reached"),
    /** The peer broke the protocol in a way that an honest one cannot. */
    PROTOCOL_ERROR(12, "the peer broke the protocol"),
    /** A handler of the app threw. */
    HANDLER_FAILED(13, "a handler of the app failed"),
    /** The token was not accepted. */
    TOKEN_REFUSED(14, "the token was refused"),
    /** A cap on sessions or connections is reached. */
    SERVER_FULL(15, "no room for another connection"),
    /** The gateway does not know the session any more, and said so by a stateless reset. */
    SESSION_UNKNOWN(16, "the gateway does not know the session any more"),
    /** A newer session of the same connection has taken its place. */
    REPLACED(17, "another session took the connection over");

    private static final CloseReason[] BY_CODE = new CloseReason[32];

    static {
        for (CloseReason reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The code on the wire, 1 to 65535. */
    public int code() {
        return code;
    }

    /** One clause for logs and users. */
    public String text() {
        return text;
    }

    /**
     * The reason with this code; an unknown code, from a newer release, reads as {@link
     * #PROTOCOL_ERROR}.
     */
    public static CloseReason ofCode(int code) {
        CloseReason known = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        return known == null ? PROTOCOL_ERROR : known;
    }
}

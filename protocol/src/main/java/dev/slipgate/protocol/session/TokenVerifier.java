package dev.slipgate.protocol.session;

/**
 * Decides who a client is by the opaque token that it connects with. Called on the threads of the
 * job pool, several at once; it may block for as long as a client may wait.
 */
public interface TokenVerifier {
    /** What became of a token. */
    sealed interface Verdict {
        /**
         * The client may connect.
         *
         * @param identity who it is to the app; empty for the anonymous
         */
        record Accepted(String identity) implements Verdict {}

        /**
         * The client is turned away.
         *
         * @param reason what the client is told, at most 256 bytes of it
         */
        record Refused(String reason) implements Verdict {}
    }

    /** Lets everyone in, without an identity, whatever the token is. */
    TokenVerifier ANONYMOUS = token -> new Verdict.Accepted("");

    /**
     * @param token at most 4096 bytes; empty when the client has none
     */
    Verdict verify(byte[] token);
}

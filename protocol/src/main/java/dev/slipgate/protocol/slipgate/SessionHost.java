package dev.slipgate.protocol.slipgate;

/** What a session needs of the endpoint that holds it. Called from within the session's inputs. */
interface SessionHost {
    /** The session may have a packet to send now: poll it until it answers false. */
    void onReady(SlipgateSession session);

    /** The session's timer is due at this time; an earlier one may fire first. */
    void onDeadline(SlipgateSession session, long deadlineNs, long nowNs);

    /** The first sealed packet of the peer has opened: its keys are proven. */
    void onProven(SlipgateSession session, long nowNs);

    /**
     * The client's token is here, whole: answer by {@link SlipgateSession#accepted} or {@link
     * SlipgateSession#refused}, now or later. Gateway side only.
     *
     * @param token at most 4096 bytes, empty when the client has none; the callee's to keep. {@link
     *     SlipgateSession#tokenSort} says what it is
     */
    void onToken(SlipgateSession session, byte[] token, long nowNs);

    /** The session is over, its closing period included: forget it. */
    void onEnded(SlipgateSession session);
}

package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.PeerAddress;

/** What a session needs of the endpoint that holds it. */
interface SessionHost {
    /** The session has a packet to send now: poll it. */
    void onReady(MpSession session);

    /** The session's timer is due at this time; an earlier one may fire first. */
    void onDeadline(MpSession session, long deadlineNs, long nowNs);

    /** A packet opened under the session's key for the first time: the peer is who it says. */
    void onProven(MpSession session, long nowNs);

    /** The session is over: forget it. */
    void onEnded(MpSession session);

    /** A last datagram, to be sent although its session is over. */
    void onFarewell(PeerAddress peer, byte[] datagram);
}

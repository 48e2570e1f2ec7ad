package dev.slipgate.protocol.session;

/** What a session counts, as mpgameserver names it. Written by the session, read on its thread. */
public final class SessionStats {
    /** Smoothed one-way latency in nanoseconds, half of the round trip; 0 until the first ack. */
    public long latencyNs;

    /** Smoothed round trip in nanoseconds, of packets sent once; 0 until the first ack. */
    public long rttNs;

    /** Packets built and sent, and bytes of datagrams. */
    public long packetsSent;

    public long bytesSent;

    /** Packets that opened, and bytes of their datagrams. */
    public long packetsReceived;

    public long bytesReceived;

    /** Datagrams from the peer that were dropped. */
    public long packetsDropped;

    /** Packets of ours that were acknowledged, and that were not in time. */
    public long packetsAcked;

    public long packetsTimedOut;

    /** Mean difference between one round trip and the next; 0 until the second. */
    public long jitterNs;

    /** The parts of our packets, and of the peer's, that were lost of late; 0 to 1. */
    public double lossOut;

    public double lossIn;

    /** Packets declared lost that came after all. */
    public long spuriousLosses;

    /** What is under way now, and what may be; 0 and 0 where nothing is held back. */
    public long bytesInFlight;

    public long congestionWindowBytes;

    /** How often another address of the peer was validated. */
    public long pathChanges;

    /** Messages given to {@code send}, and messages handed to the listener. */
    public long messagesSent;

    public long messagesReceived;
}

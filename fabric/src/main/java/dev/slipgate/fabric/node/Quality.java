package dev.slipgate.fabric.node;

/**
 * What a gateway says about a client's side, about once a second while it changes.
 *
 * @param rttNs smoothed round trip between gateway and client, 0 until known
 * @param packetsSent packets sent to the client
 * @param packetsReceived packets of the client that opened
 * @param packetsDropped datagrams of the client that were dropped
 * @param packetsAcked packets that the client acknowledged
 * @param packetsTimedOut packets that it did not acknowledge in time
 */
public record Quality(
        long rttNs,
        long packetsSent,
        long packetsReceived,
        long packetsDropped,
        long packetsAcked,
        long packetsTimedOut) {
    /** Before the gateway has told anything. */
    public static final Quality UNKNOWN = new Quality(0, 0, 0, 0, 0, 0);
}

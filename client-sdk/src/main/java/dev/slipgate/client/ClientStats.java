package dev.slipgate.client;

/**
 * What a client counts of its present connection; all zero before the first.
 *
 * @param rttNs smoothed round trip to the gateway, 0 until it was measured
 * @param jitterNs mean difference between one round trip and the next
 * @param lossOut share of packets to the gateway that were lost of late, 0 to 1; 0 on streams
 * @param lossIn share of packets from the gateway that were lost of late, 0 to 1; 0 on streams
 * @param packetsSent packets sent
 * @param packetsReceived packets that opened
 * @param bytesSent their bytes
 * @param bytesReceived their bytes
 * @param messagesSent messages given to the session
 * @param messagesReceived messages that came
 * @param queuedBytes what is kept of reliable messages until the node has handled them, each with
 *     64 bytes more than its length
 * @param connects how often it got connected
 */
public record ClientStats(
        long rttNs,
        long jitterNs,
        double lossOut,
        double lossIn,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        long messagesSent,
        long messagesReceived,
        long queuedBytes,
        int connects) {
    /** Before anything was counted. */
    public static final ClientStats NONE = new ClientStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

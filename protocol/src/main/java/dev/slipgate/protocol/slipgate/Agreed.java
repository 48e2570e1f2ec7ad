package dev.slipgate.protocol.slipgate;

/**
 * What the handshake agreed on, seen from one side.
 *
 * @param kind of the carrier
 * @param largestPacketOut the largest packet to send, 1200 to the carrier's largest
 * @param largestPacketIn the largest packet to take, likewise
 * @param idleTimeoutNs the session ends when nothing came for so long; the smaller of both sides'
 * @param creditOutBytes the first FLOW limit towards the peer
 * @param creditInBytes the first FLOW limit towards this side
 * @param largestMessageOut the largest message to send, in bytes: the smaller of both sides'
 * @param largestMessageIn the largest message to take
 */
public record Agreed(
        CarrierKind kind,
        int largestPacketOut,
        int largestPacketIn,
        long idleTimeoutNs,
        long creditOutBytes,
        long creditInBytes,
        int largestMessageOut,
        int largestMessageIn) {
    public Agreed {
        int least = CarrierKind.MAX_DATAGRAM_BYTES;
        require("largestPacketOut", largestPacketOut, least, kind.maxPacketBytes());
        require("largestPacketIn", largestPacketIn, least, kind.maxPacketBytes());
        require("idleTimeoutNs", idleTimeoutNs, 1, Long.MAX_VALUE / 2);
        require("creditOutBytes", creditOutBytes, 0, Long.MAX_VALUE / 2);
        require("creditInBytes", creditInBytes, 0, Long.MAX_VALUE / 2);
        require("largestMessageOut", largestMessageOut, 0, SlipgateSettings.MAX_MESSAGE_BYTES);
        require("largestMessageIn", largestMessageIn, 0, SlipgateSettings.MAX_MESSAGE_BYTES);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not " + least + " to " + most);
        }
    }
}

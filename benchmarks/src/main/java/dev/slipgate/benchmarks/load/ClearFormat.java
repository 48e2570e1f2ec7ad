package dev.slipgate.benchmarks.load;

/**
 * What a sealed packet has around its messages: plain datagrams have zeros in its place, so that a
 * yardstick moves the same bytes as the gateway.
 *
 * @param headBytes before the first message
 * @param perMessageBytes before each message
 * @param tailBytes behind the last
 * @param messages in a packet, 1 up
 */
public record ClearFormat(int headBytes, int perMessageBytes, int tailBytes, int messages) {
    /** 20 bytes of header and 2 of message number; the tag. */
    public static final ClearFormat MPGAMESERVER = new ClearFormat(22, 0, 16, 1);

    /**
     * 1 of flags, 8 of session id, 1 of packet number, 7 of ACK and 5 of DELIVERY_ACK, as a session
     * that echoes has them; per message 1 of kind, 1 of channel, up to 4 of number, 1 or 2 of
     * length; the tag.
     */
    public static ClearFormat slipgate(int messages) {
        return new ClearFormat(22, 6, 16, messages);
    }

    /** Where a message of a datagram begins. */
    int offsetOf(int index, int messageBytes) {
        return headBytes + index * (perMessageBytes + messageBytes) + perMessageBytes;
    }

    /** The size of a datagram with so many messages. */
    public int datagramBytes(int count, int messageBytes) {
        return headBytes + count * (perMessageBytes + messageBytes) + tailBytes;
    }
}

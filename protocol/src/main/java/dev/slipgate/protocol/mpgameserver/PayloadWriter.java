package dev.slipgate.protocol.mpgameserver;

/**
 * Frames messages into a packet, behind its header. A packet's only message has 2 bytes in front,
 * each of several has 5; so the first moves when a second joins it. Reused.
 */
final class PayloadWriter {
    private static final int START = Wire.HEADER_BYTES;

    private final int maxPayloadBytes;
    private byte[] out = new byte[0];
    private int count;
    private int firstType;
    private int firstNumber;
    private int firstLength;
    private int end;

    PayloadWriter(int maxPayloadBytes) {
        this.maxPayloadBytes = maxPayloadBytes;
    }

    void start(byte[] datagram) {
        out = datagram;
        count = 0;
        firstType = Wire.KEEP_ALIVE;
        end = START;
    }

    /** Whether a body of this length finds room. */
    boolean fits(int bodyLength) {
        if (count == 0) {
            return Wire.ONLY_MESSAGE_BYTES + bodyLength <= maxPayloadBytes;
        }
        int used = count == 1 ? Wire.EACH_MESSAGE_BYTES + firstLength : end - START;
        return count < Wire.MAX_MESSAGES_PER_PACKET
                && used + Wire.EACH_MESSAGE_BYTES + bodyLength <= maxPayloadBytes;
    }

    /** Adds a message that {@link #fits}; its body goes to the offset that is answered. */
    int add(int type, int number, int bodyLength) {
        if (count++ == 0) {
            firstType = type;
            firstNumber = number;
            firstLength = bodyLength;
            Wire.putU16(out, START, number);
            end = START + Wire.ONLY_MESSAGE_BYTES + bodyLength;
            return START + Wire.ONLY_MESSAGE_BYTES;
        }
        if (count == 2) {
            System.arraycopy(
                    out,
                    START + Wire.ONLY_MESSAGE_BYTES,
                    out,
                    START + Wire.EACH_MESSAGE_BYTES,
                    firstLength);
            end = START;
            frame(firstType, firstNumber, firstLength);
        }
        return frame(type, number, bodyLength);
    }

    private int frame(int type, int number, int bodyLength) {
        Wire.putU16(out, end, bodyLength);
        Wire.putU16(out, end + 2, number);
        out[end + 4] = (byte) type;
        int body = end + Wire.EACH_MESSAGE_BYTES;
        end = body + bodyLength;
        return body;
    }

    /** The datagram that is filled. */
    byte[] bytes() {
        return out;
    }

    /** Messages so far. */
    int count() {
        return count;
    }

    /** The packet's type: that of its first message, or KEEP_ALIVE when it has none. */
    int firstType() {
        return firstType;
    }

    /** Payload bytes so far. */
    int length() {
        return end - START;
    }
}

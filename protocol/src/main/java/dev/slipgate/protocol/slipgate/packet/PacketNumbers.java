package dev.slipgate.protocol.slipgate.packet;

import dev.slipgate.protocol.memory.BigEndian;

/**
 * Packet numbers on the wire: of the whole number 1 to 4 bytes are sent (RFC 9000, section 17.1 and
 * appendix A). Numbers are 0 to {@link #MAX} when sent; read are any up to {@link Varint#MAX}.
 */
public final class PacketNumbers {
    /**
     * Stands for "no packet yet" where the largest packet is asked for: the next one expected is 0.
     */
    public static final long NONE = -1;

    /** The largest packet number that is sent; the session ends before it would be passed. */
    public static final long MAX = (1L << 32) - 1;

    /** Most bytes of a number that are sent. */
    public static final int MAX_BYTES = 4;

    private PacketNumbers() {}

    /**
     * Bytes of {@code number} to send, so that a peer whose largest packet is {@code largestAcked}
     * or newer finds the rest: they tell apart more than twice the distance between the two. From
     * 2^31 on even 4 bytes do not: such a peer acknowledges nothing, and is not understood.
     *
     * @param largestAcked the largest number the peer acknowledged, or {@link #NONE}
     * @throws IllegalArgumentException when {@code number} is not newer
     */
    public static int lengthFor(long number, long largestAcked) {
        long distance = number - largestAcked;
        if (distance <= 0) {
            throw new IllegalArgumentException(number + " after " + largestAcked + " acknowledged");
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(2 * distance);
        return Math.min((bits + Byte.SIZE - 1) / Byte.SIZE, MAX_BYTES);
    }

    /**
     * The whole number: the one nearest to the next expected whose lowest bytes are these (RFC
     * 9000, appendix A.3).
     *
     * @param truncated the bytes sent, as a number of {@code bytes} bytes
     * @param largest the largest number that opened so far, or {@link #NONE}
     */
    public static long expand(long truncated, int bytes, long largest) {
        long expected = largest + 1;
        long window = 1L << (bytes * Byte.SIZE);
        long halfWindow = window / 2;
        long candidate = (expected & -window) | truncated;
        if (candidate <= expected - halfWindow && candidate <= Varint.MAX - window) {
            return candidate + window;
        }
        if (candidate > expected + halfWindow && candidate >= window) {
            return candidate - window;
        }
        return candidate;
    }

    /** Writes the AEAD nonce of a packet, 12 bytes: four zeros and the whole number. */
    public static void writeNonce(byte[] out, int offset, long number) {
        BigEndian.put32(out, offset, 0);
        BigEndian.put64(out, offset + Integer.BYTES, number);
    }
}

package dev.slipgate.protocol.slipgate.packet;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.memory.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * The header of a sealed packet: flags, session id, truncated packet number; also its associated
 * data, as sent. An instance is scratch, filled by each {@link #parse}; confined to one thread.
 */
public final class PacketHeader {
    /** The smallest packet that is taken, header and tag included. */
    public static final int MIN_PACKET_BYTES = 36;

    /** Bytes of the longest header. */
    public static final int MAX_BYTES = 1 + Long.BYTES + PacketNumbers.MAX_BYTES;

    private static final int SEALED = 0x80;
    private static final int MUST_BE_ZERO = 0x7c;
    private static final int NUMBER_LENGTH_MASK = 0x03;
    private static final int SESSION_ID_OFFSET = 1;
    private static final int NUMBER_OFFSET = SESSION_ID_OFFSET + Long.BYTES;

    private long sessionId;
    private long truncatedNumber;
    private int numberBytes;

    /** Whether a packet that begins with this byte is sealed, not clear. */
    public static boolean isSealed(byte first) {
        return (first & SEALED) != 0;
    }

    /** The session id of a sealed packet of at least {@link #MIN_PACKET_BYTES}. */
    public static long sessionIdAt(byte[] in, int offset) {
        return BigEndian.i64(in, offset + SESSION_ID_OFFSET);
    }

    /** Bytes of a header with so many bytes of packet number. */
    public static int length(int numberBytes) {
        return NUMBER_OFFSET + numberBytes;
    }

    /**
     * Writes a header, key phase 0.
     *
     * @param numberBytes how many of the lowest bytes of {@code number} to send, 1 to 4
     * @return the offset behind it, where the sealed frames begin
     */
    public static int write(byte[] out, int offset, long sessionId, long number, int numberBytes) {
        BigEndian.put8(out, offset, SEALED | (numberBytes - 1));
        BigEndian.put64(out, offset + SESSION_ID_OFFSET, sessionId);
        int at = offset + NUMBER_OFFSET;
        for (int i = numberBytes - 1; i >= 0; i--) {
            BigEndian.put8(out, at++, (int) (number >>> (i * Byte.SIZE)));
        }
        return at;
    }

    /**
     * Reads the header of a packet into this object.
     *
     * @return null, or why the packet is dropped; then the fields are those of an earlier packet
     */
    public @Nullable DropReason parse(byte[] in, int offset, int packetBytes) {
        if (packetBytes < MIN_PACKET_BYTES) {
            return DropReason.BAD_SIZE;
        }
        int flags = in[offset];
        if ((flags & SEALED) == 0) {
            return DropReason.BAD_TYPE;
        }
        if ((flags & MUST_BE_ZERO) != 0) {
            return DropReason.RESERVED_BITS;
        }
        sessionId = sessionIdAt(in, offset);
        numberBytes = (flags & NUMBER_LENGTH_MASK) + 1;
        truncatedNumber = 0;
        for (int i = 0; i < numberBytes; i++) {
            truncatedNumber =
                    (truncatedNumber << Byte.SIZE) | BigEndian.u8(in, offset + NUMBER_OFFSET + i);
        }
        return null;
    }

    public long sessionId() {
        return sessionId;
    }

    /** The lowest {@link #numberBytes} bytes of the packet number. */
    public long truncatedNumber() {
        return truncatedNumber;
    }

    /** 1 to 4. */
    public int numberBytes() {
        return numberBytes;
    }

    /** Bytes of the header: of the associated data, and before the sealed frames. */
    public int length() {
        return length(numberBytes);
    }

    /** Bytes of frames in a packet of this header, without the tag. */
    public int frameBytes(int packetBytes) {
        return packetBytes - length() - Aead.TAG_BYTES;
    }

    /**
     * The whole packet number.
     *
     * @param largest the largest number that opened so far, or {@link PacketNumbers#NONE}
     */
    public long number(long largest) {
        return PacketNumbers.expand(truncatedNumber, numberBytes, largest);
    }
}

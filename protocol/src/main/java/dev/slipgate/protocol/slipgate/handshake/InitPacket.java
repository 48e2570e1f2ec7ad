package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.memory.BigEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The client's first flight: clear header, cookie, Noise message 1; exactly {@value #BYTES} bytes,
 * so that no answer amplifies.
 */
final class InitPacket {
    static final int BYTES = 1200;
    static final int COOKIE_OFFSET = ClearHeader.BYTES;
    static final int COOKIE_BYTES = 32;
    static final int NOISE_OFFSET = COOKIE_OFFSET + COOKIE_BYTES;
    static final int NOISE_BYTES = BYTES - NOISE_OFFSET;

    private InitPacket() {}

    /** Why it is dropped by its outside, or null: step 1 of reading an INIT. */
    static @Nullable DropReason refusal(byte[] in, int offset, int length) {
        if (length != BYTES) {
            return DropReason.BAD_SIZE;
        }
        DropReason header = ClearHeader.refusal(in, offset, length);
        if (header != null) {
            return header;
        }
        if (ClearHeader.kind(in, offset) != ClearHeader.INIT) {
            return DropReason.BAD_TYPE;
        }
        return ClearHeader.reserved(in, offset) == 0 ? null : DropReason.RESERVED_BITS;
    }

    /** The header that Noise hashes first. */
    static byte[] prologue(int keyId) {
        byte[] prologue = new byte[ClearHeader.BYTES];
        ClearHeader.write(prologue, ClearHeader.INIT, ClearHeader.VERSION, keyId);
        return prologue;
    }

    /** The header as it came. */
    static byte[] prologue(byte[] in, int offset) {
        return Arrays.copyOfRange(in, offset, offset + ClearHeader.BYTES);
    }

    /** The Noise message as it came. */
    static byte[] noiseMessage(byte[] in, int offset) {
        return Arrays.copyOfRange(in, offset + NOISE_OFFSET, offset + BYTES);
    }

    /** What an answer that opens nothing echoes: the first 8 bytes of e. */
    static long echo(byte[] in, int offset) {
        return BigEndian.i64(in, offset + NOISE_OFFSET);
    }

    /**
     * A packet without a cookie.
     *
     * @param noiseMessage {@link #NOISE_BYTES} bytes
     */
    static byte[] encode(byte[] prologue, byte[] noiseMessage) {
        if (noiseMessage.length != NOISE_BYTES) {
            throw new IllegalArgumentException(
                    "Noise message of %d bytes, not %d"
                            .formatted(noiseMessage.length, NOISE_BYTES));
        }
        byte[] packet = Arrays.copyOf(prologue, BYTES);
        System.arraycopy(noiseMessage, 0, packet, NOISE_OFFSET, NOISE_BYTES);
        return packet;
    }

    /** The same packet with this cookie. */
    static byte[] withCookie(byte[] packet, byte[] cookie) {
        byte[] copy = packet.clone();
        System.arraycopy(cookie, 0, copy, COOKIE_OFFSET, COOKIE_BYTES);
        return copy;
    }
}

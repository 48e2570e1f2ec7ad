package dev.slipgate.client.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How packets lie in a stream of bytes. */
interface PacketFraming {
    /** The longest packet on a stream. {@code docs/wire-protocol.md}, Carriers. */
    int MAX_PACKET_BYTES = 16384;

    /** What {@link #next} found. */
    enum Step {
        /** Something was read; there may be more. */
        READ,
        /** A packet was handed over. */
        PACKET,
        /** More bytes are needed. */
        MORE,
        /** The stream breaks its rules, or ends by them: see {@link #problem}. */
        BROKEN
    }

    /** Writes what comes before any packet, once the stream is open. */
    void begin(ByteBuffer out);

    /** Whether packets may flow. */
    boolean ready();

    /**
     * Reads the next piece.
     *
     * @param in backed by an array; position to limit has come and is not read yet
     * @param out for answers that the framing itself gives
     */
    Step next(ByteBuffer in, PacketSink sink, ByteBuffer out);

    /** Writes a packet; there is room for it and {@link #overheadBytes}. */
    void write(byte[] bytes, int length, ByteBuffer out);

    /** What a packet costs beyond its bytes, at most. */
    int overheadBytes();

    /** Why the stream is broken. */
    @Nullable String problem();
}

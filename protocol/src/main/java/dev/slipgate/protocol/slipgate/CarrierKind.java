package dev.slipgate.protocol.slipgate;

/** What kind of carrier brings the packets. {@code docs/wire-protocol.md}, Carriers. */
public enum CarrierKind {
    /** Each packet for itself: it may be lost, repeated, overtaken, or come from a new address. */
    DATAGRAM,
    /** In order and without loss; nothing is acknowledged, retransmitted or held back. */
    STREAM;

    /** The largest packet of a datagram carrier. */
    public static final int MAX_DATAGRAM_BYTES = 1200;

    /** The largest packet of a stream carrier. */
    public static final int MAX_STREAM_PACKET_BYTES = 16384;

    /** The largest packet of this kind of carrier. */
    public int maxPacketBytes() {
        return this == DATAGRAM ? MAX_DATAGRAM_BYTES : MAX_STREAM_PACKET_BYTES;
    }

    boolean stream() {
        return this == STREAM;
    }
}

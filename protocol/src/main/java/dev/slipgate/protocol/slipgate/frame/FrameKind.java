package dev.slipgate.protocol.slipgate.frame;

/** The kinds of frames and the bounds of their fields. {@code docs/wire-protocol.md}, Frames. */
public final class FrameKind {
    public static final int PADDING = 0x00;
    public static final int PING = 0x01;
    public static final int ACK = 0x02;
    public static final int DELIVERY_ACK = 0x03;
    public static final int ATTACH = 0x04;
    public static final int FLOW = 0x05;
    public static final int PATH_CHALLENGE = 0x06;
    public static final int PATH_RESPONSE = 0x07;
    public static final int CLOSE = 0x08;
    public static final int TOKEN = 0x09;
    public static final int TICKET = 0x0a;
    public static final int REDIRECT = 0x0b;

    /** The first of four: the two lowest bits are the delivery mode. */
    public static final int MESSAGE = 0x10;

    /** The first of four, likewise. */
    public static final int FRAGMENT = 0x14;

    /** The first of the kinds that a reader skips when it does not know them. */
    public static final int SKIPPED_FROM = 0x80;

    /** The last of these. */
    public static final int SKIPPED_TO = 0xbf;

    /** The highest number of a message: what a JavaScript number holds. */
    public static final long MAX_NUMBER = (1L << 53) - 1;

    /** Ranges in an ACK behind its first. */
    public static final int MAX_ACK_RANGES = 32;

    /** Ranges in positions. */
    public static final int MAX_POSITION_RANGES = 64;

    public static final int MAX_REASON_BYTES = 256;
    public static final int MAX_TOKEN_BYTES = 4096;
    public static final int MAX_TICKET_BYTES = 700;
    public static final int MAX_GATEWAYS = 4;
    public static final int MAX_GATEWAY_BYTES = 64;
    public static final int MAX_ATTACH_CHANNELS = 256;

    /** The highest delivery mode. */
    static final int DELIVERY_MASK = 3;

    private FrameKind() {}

    /** MESSAGE or FRAGMENT without the delivery mode; any other kind as it is. */
    public static int base(int kind) {
        return isData(kind) ? kind & ~DELIVERY_MASK : kind;
    }

    /** Whether it is a MESSAGE or a FRAGMENT. */
    public static boolean isData(int kind) {
        return kind >= MESSAGE && kind <= FRAGMENT + DELIVERY_MASK;
    }

    /** Whether a packet with such a frame is acknowledged. */
    static boolean elicits(int kind) {
        return kind != PADDING && kind != ACK && kind != CLOSE;
    }
}

package dev.slipgate.protocol.link;

import dev.slipgate.protocol.channel.MessageCost;

/**
 * The numbers of the link's wire. A batch is a header of {@link #HEADER_BYTES}, then frames; a
 * frame is its kind (1 byte), the length of its payload (2 bytes) and its payload. Fields are
 * big-endian. The page is {@code docs/link.md}.
 */
public final class LinkWire {
    /** The version spoken here; HELLO names the lowest and highest that its sender speaks. */
    public static final int VERSION = 1;

    public static final int HEADER_BYTES = 48;
    public static final int FRAME_HEADER_BYTES = 3;

    /** First words of a gateway's lane to a node's: opens a link epoch. */
    public static final int BATCH_HELLO = 1;

    /** The answer to HELLO: the epoch holds. */
    public static final int BATCH_WELCOME = 2;

    /** Frames. */
    public static final int BATCH_FRAMES = 3;

    /**
     * The receiver cannot go on with this epoch: a batch is missing, or it does not know the link.
     */
    public static final int BATCH_RESET = 4;

    public static final int OPEN = 1;
    public static final int DATA = 2;
    public static final int DELIVERY_ACK = 3;
    public static final int CREDIT = 4;
    public static final int CLOSE = 5;
    public static final int HEARTBEAT = 6;
    public static final int QUALITY = 7;

    /**
     * Kinds from here to {@link #SKIPPED_TO} are skipped by who does not know them; any other
     * unknown kind is an error.
     */
    public static final int SKIPPED_FROM = 128;

    public static final int SKIPPED_TO = 191;

    /** DATA: the first fragment of its message. */
    public static final int FLAG_FIRST = 1;

    /** DATA: the last fragment of its message. */
    public static final int FLAG_LAST = 2;

    /** DATA and DELIVERY_ACK: the last frame of its unit. */
    public static final int FLAG_UNIT_END = 4;

    /** DATA: where the delivery mode stands in the flags, two bits. */
    public static final int DELIVERY_SHIFT = 4;

    /**
     * Payload of a message that one DATA frame carries at most; longer messages cross as fragments.
     */
    public static final int MAX_DATA_BYTES = 16 * 1024;

    /** DATA before its message bytes, when it does not begin a fragmented message. */
    public static final int DATA_FIXED_BYTES = 18;

    /**
     * Ranges in one DELIVERY_ACK at most. Those above follow when lower ones have grown together.
     */
    public static final int MAX_ACK_RANGES = 64;

    /** OPEN: the client may come back through another session. */
    public static final int CAN_RESUME = 1;

    /** OPEN: the client puts ordered messages in order itself. */
    public static final int CAN_ORDER = 2;

    /** OPEN: the client sends no more than its credit. */
    public static final int CAN_KEEP_TO_CREDIT = 4;

    /** OPEN: what a client of the native protocol can. */
    public static final int NATIVE = CAN_RESUME | CAN_ORDER | CAN_KEEP_TO_CREDIT;

    /** OPEN: the longest identity, in bytes of UTF-8; a longer one must not be cut. */
    public static final int MAX_IDENTITY_BYTES = 1024;

    private LinkWire() {}

    /**
     * What a message of this length costs in credits and bounds; the same at both ends of a link.
     */
    public static int costOf(int lengthBytes) {
        return MessageCost.of(lengthBytes);
    }
}

package dev.slipgate.protocol;

import java.util.Locale;

/**
 * Every reason for which something from the network is dropped. The one list: each drop is counted
 * under its reason, and the lower-case name is the key in {@code /stats}. A drop writes no log
 * line, costs no stack trace, and answers nothing.
 */
public enum DropReason {
    /** Shorter than the smallest packet of the dialect, or longer than the largest. */
    BAD_SIZE,
    /** The magic is not the dialect's. */
    BAD_MAGIC,
    /** The magic says that a server sent it. */
    BAD_DIRECTION,
    /** The length field does not agree with the datagram. */
    BAD_LENGTH,
    /** A plain packet whose CRC is wrong. */
    BAD_CRC,
    /** A sealed packet that does not open under the session's key. */
    BAD_TAG,
    /** A client or protocol version that is not spoken here. */
    BAD_VERSION,
    /** A packet or message type that does not exist, or that this side never takes. */
    BAD_TYPE,
    /** A hello without its full padding: answering it would amplify. */
    UNPADDED_HELLO,
    /** A hello whose content does not decode, or whose key is no point of the curve. */
    BAD_HELLO,
    /** A hello from an address with a live session. */
    HELLO_ON_LIVE_SESSION,
    /** A hello beyond the cap on handshakes in progress. */
    HANDSHAKE_CAP,
    /** A hello beyond the rate granted to its host. */
    HANDSHAKE_RATE,
    /** No session at that address. */
    NO_SESSION,
    /** A client beyond the cap on sessions. */
    SESSION_CAP,
    /** A packet number that was seen already. */
    REPLAYED_PACKET,
    /** A packet number older than the replay window. */
    STALE_PACKET,
    /** A message number that was seen already; what a retry looks like when its first arrived. */
    DUPLICATE_MESSAGE,
    /** A packet whose messages do not add up to its length. */
    BAD_FRAMING,
    /** A fragment outside its bounds, or one that does not agree with its message. */
    BAD_FRAGMENT,
    /** A fragmented message whose rest never came. */
    FRAGMENT_EXPIRED,
    /** A message above the configured size. */
    MESSAGE_TOO_LARGE,
    /** No room to keep the message; the packet was left unrecorded, so that its retry is taken. */
    HOLD_FULL,
    /** An unreliable message that gave way to a newer one at a bound. */
    UNRELIABLE_OVERFLOW,
    /** An unreliable message that waited too long to be sent. */
    UNRELIABLE_STALE,
    /** A packet with bits set that are reserved, or of a key phase that does not exist. */
    RESERVED_BITS,
    /** A handshake for a key that is not held here. */
    UNKNOWN_KEY,
    /** A handshake without the cookie that is asked for at the moment. */
    COOKIE_NEEDED,
    /** An answer to a stranger beyond the rate of such answers. */
    ANSWER_RATE,
    /** A reset whose token is not the session's. */
    BAD_RESET,
    /** A datagram for another event loop whose queue is full. */
    LOOP_QUEUE_FULL,
    /** A stream that broke its framing, and was closed. */
    BAD_STREAM,
    /** A batch of another link epoch. */
    STALE_BATCH,
    /** A batch that does not decode. */
    BAD_BATCH,
    /** A frame for a connection that is not here. */
    UNKNOWN_CONNECTION;

    /** The key in {@code /stats}: the name in lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

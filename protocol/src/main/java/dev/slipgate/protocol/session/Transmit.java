package dev.slipgate.protocol.session;

import dev.slipgate.protocol.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * A datagram to be sent: scratch that the driver owns and the session fills. The bytes are valid
 * until the next poll with the same scratch.
 */
public final class Transmit {
    /** Where the datagram lies; large enough for the MTU of the session that fills it. */
    public final byte[] bytes;

    /** Length of the datagram, from offset 0. */
    public int length;

    /** Where it goes to; null only before the first poll. */
    public @Nullable PeerAddress peer;

    /**
     * @param capacityBytes at least the largest datagram of the sessions that will fill it
     */
    public Transmit(int capacityBytes) {
        this.bytes = new byte[capacityBytes];
    }
}

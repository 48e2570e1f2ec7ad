package dev.slipgate.protocol.mpgameserver;

/**
 * Times and bounds of a session of either side. Immutable; the {@code with} methods answer a
 * changed copy.
 *
 * @param mtuBytes 576 to 1500; both sides must have the same
 * @param pacingIntervalNs the least time between two packets of a connection, 0 for none. 1/60 s
 *     unless set, because the original's client reads one datagram per frame
 * @param keepAliveNs an empty packet is sent after this long without any other
 * @param ackDelayNs how long an acknowledgement waits for a packet that goes anyway. 33 ms unless
 *     set: one of its own per two frames leaves the original's client time to read data
 * @param peerAckDelayNs how long the peer may wait before it acknowledges; the original does so
 *     with its next packet or keep-alive
 * @param connectionTimeoutNs the session ends after this long without a packet of the peer
 * @param messageTimeoutNs after this a best-effort message is given up
 * @param maxMessageBytes the largest message, both ways; at most 8 MiB
 * @param maxQueueBytes what may wait to be sent or acknowledged; at least the largest message
 * @param maxQueuedUnreliable unreliable messages that may wait; beyond, the oldest is dropped
 * @param maxReassemblies fragmented messages of the peer in progress
 * @param maxReassemblyBytes the same in bytes; at least the largest message
 * @param contiguousFragments whether a large message's fragments have consecutive numbers, as a
 *     client's must: our receiver checks it
 */
public record SessionSettings(
        int mtuBytes,
        long pacingIntervalNs,
        long keepAliveNs,
        long ackDelayNs,
        long peerAckDelayNs,
        long connectionTimeoutNs,
        long messageTimeoutNs,
        int maxMessageBytes,
        int maxQueueBytes,
        int maxQueuedUnreliable,
        int maxReassemblies,
        int maxReassemblyBytes,
        boolean contiguousFragments) {
    private static final long MILLISECOND_NS = 1_000_000L;

    public SessionSettings {
        var sizes = new Sizes(mtuBytes);
        requireRange("pacingIntervalNs", pacingIntervalNs, 0, 1_000 * MILLISECOND_NS);
        requireRange("keepAliveNs", keepAliveNs, MILLISECOND_NS, connectionTimeoutNs);
        requireRange("ackDelayNs", ackDelayNs, 0, 1_000 * MILLISECOND_NS);
        requireRange("peerAckDelayNs", peerAckDelayNs, 0, 1_000 * MILLISECOND_NS);
        requireRange(
                "maxMessageBytes",
                maxMessageBytes,
                1,
                (long) sizes.fragmentDataBytes() * Wire.MAX_FRAGMENTS);
        requireRange("maxQueueBytes", maxQueueBytes, maxMessageBytes, Integer.MAX_VALUE);
        requireRange("maxQueuedUnreliable", maxQueuedUnreliable, 1, 1_000_000);
        requireRange("maxReassemblies", maxReassemblies, 1, 65535);
        requireRange("maxReassemblyBytes", maxReassemblyBytes, maxMessageBytes, Integer.MAX_VALUE);
    }

    private static void requireRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not " + least + " to " + most);
        }
    }

    /** What a server uses unless configured: the original's times. */
    public static SessionSettings serverDefaults() {
        return new SessionSettings(
                1500,
                1_000_000_000L / 60,
                100 * MILLISECOND_NS,
                33 * MILLISECOND_NS,
                100 * MILLISECOND_NS,
                5_000 * MILLISECOND_NS,
                1_000 * MILLISECOND_NS,
                256 * 1024,
                1024 * 1024,
                64,
                64,
                1024 * 1024,
                false);
    }

    /** What our own client uses unless configured: the same, with contiguous fragments. */
    public static SessionSettings clientDefaults() {
        return serverDefaults().withContiguousFragments(true);
    }

    public SessionSettings withPacingIntervalNs(long value) {
        return copy(value, contiguousFragments);
    }

    SessionSettings withContiguousFragments(boolean value) {
        return copy(pacingIntervalNs, value);
    }

    private SessionSettings copy(long pacing, boolean contiguous) {
        return new SessionSettings(
                mtuBytes,
                pacing,
                keepAliveNs,
                ackDelayNs,
                peerAckDelayNs,
                connectionTimeoutNs,
                messageTimeoutNs,
                maxMessageBytes,
                maxQueueBytes,
                maxQueuedUnreliable,
                maxReassemblies,
                maxReassemblyBytes,
                contiguous);
    }
}

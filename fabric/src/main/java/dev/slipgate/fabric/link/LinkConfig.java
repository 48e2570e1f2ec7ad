package dev.slipgate.fabric.link;

/**
 * Bounds and times of a link's lanes.
 *
 * @param windowBytes unacknowledged bytes that may be handed to the bus, per lane and direction
 * @param heartbeatNs how often each side says that it lives and how loaded it is
 * @param silenceNs how long the other side may be silent before the link counts as lost
 * @param helloRetryNs how often HELLO is said until it is answered
 */
public record LinkConfig(int windowBytes, long heartbeatNs, long silenceNs, long helloRetryNs) {
    private static final long MS_NS = 1_000_000L;

    /** The same with its times in milliseconds, as they are configured. */
    public static LinkConfig ofMs(
            int windowBytes, long heartbeatMs, long silenceMs, long helloRetryMs) {
        return new LinkConfig(
                windowBytes, heartbeatMs * MS_NS, silenceMs * MS_NS, helloRetryMs * MS_NS);
    }

    /** What holds unless configured. */
    public static LinkConfig defaults() {
        return new LinkConfig(1024 * 1024, 250_000_000L, 5_000_000_000L, 250_000_000L);
    }
}

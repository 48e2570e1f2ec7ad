package dev.slipgate.gateway.stream;

/**
 * Bounds and times of streams.
 *
 * @param maxPacketBytes the largest packet either way, 36 to 65535
 * @param lowWaterBytes unsent bytes of a connection below which it takes more again
 * @param highWaterBytes unsent bytes of a connection from which it takes no more
 * @param maxUnsentBytes unsent bytes of a connection beyond which it is closed
 * @param provenWithinMs how long a connection may go without a proven session
 * @param pingIntervalMs how often a WebSocket is pinged
 * @param maxConnections of the process, all listeners together
 * @param maxConnectionsPerHost the same of one IPv4 address or IPv6 /64 network
 */
public record StreamOptions(
        int maxPacketBytes,
        int lowWaterBytes,
        int highWaterBytes,
        int maxUnsentBytes,
        long provenWithinMs,
        long pingIntervalMs,
        int maxConnections,
        int maxConnectionsPerHost) {
    /** Pings in a row without an answer after which a WebSocket is dead. */
    static final int MAX_MISSED_PONGS = 2;

    private static final int MAX_LENGTH = 65_535;

    public StreamOptions {
        if (maxPacketBytes < 1 || maxPacketBytes > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "maxPacketBytes is 1 to 65535, not " + maxPacketBytes);
        }
    }

    /** What holds unless configured. */
    public static StreamOptions defaults() {
        return new StreamOptions(
                16_384, 32 * 1024, 64 * 1024, 256 * 1024, 10_000, 15_000, 50_000, 1000);
    }

    /** The same with these caps. */
    public StreamOptions withCaps(int connections, int perHost) {
        return new StreamOptions(
                maxPacketBytes,
                lowWaterBytes,
                highWaterBytes,
                maxUnsentBytes,
                provenWithinMs,
                pingIntervalMs,
                connections,
                perHost);
    }
}

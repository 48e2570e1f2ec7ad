package dev.slipgate.sdk.process;

import dev.slipgate.fabric.node.NodeLaneConfig;

/**
 * What a node process is started with.
 *
 * @param name what operators call it, unique among live nodes
 * @param version the product version that it announces
 * @param lanes its lanes, one per event loop, 1 to 256
 * @param tickMs the time between ticks, 1 to 600,000
 * @param stopTimeoutMs how long a stop waits for handlers, {@code onDisconnect} included, before it
 *     interrupts them
 * @param lane bounds and times of each lane
 */
public record NodeConfig(
        String name,
        String version,
        int lanes,
        int tickMs,
        long stopTimeoutMs,
        NodeLaneConfig lane) {
    /** The time between ticks unless configured: 20 a second. */
    public static final int DEFAULT_TICK_MS = 50;

    /** How long a stop waits for handlers unless configured. */
    public static final long DEFAULT_STOP_TIMEOUT_MS = 5_000;

    private static final int MAX_LANES = 256;
    private static final int MAX_TICK_MS = 600_000;

    public NodeConfig {
        check("lanes", lanes, 1, MAX_LANES);
        check("tickMs", tickMs, 1, MAX_TICK_MS);
        check("stopTimeoutMs", stopTimeoutMs, 0, Long.MAX_VALUE);
    }

    /** What holds unless configured. */
    public static NodeConfig defaults(String name, String version, int lanes) {
        return new NodeConfig(
                name,
                version,
                lanes,
                DEFAULT_TICK_MS,
                DEFAULT_STOP_TIMEOUT_MS,
                NodeLaneConfig.defaults());
    }

    private static void check(String what, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", and must be from " + low + " to " + high);
        }
    }
}

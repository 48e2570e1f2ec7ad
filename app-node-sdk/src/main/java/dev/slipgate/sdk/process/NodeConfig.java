package dev.slipgate.sdk.process;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.config.LinkSettings;
import dev.slipgate.runtime.config.NodeSettings;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessName;
import java.security.SecureRandom;

/**
 * What a node process is started with.
 *
 * @param processId random, never 0: names this life of the process
 * @param name what operators call it, unique among live nodes
 * @param version the product version that it announces
 * @param lanes its lanes, one per event loop, 1 to 256
 * @param tickMs the time between ticks, 1 to 600,000
 * @param stopTimeoutMs how long a stop waits for handlers, {@code onDisconnect} included, before it
 *     interrupts them
 * @param lane bounds and times of each lane
 */
public record NodeConfig(
        long processId,
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

    /** What holds unless configured; the process id is drawn. */
    public static NodeConfig defaults(String name, String version, int lanes) {
        return new NodeConfig(
                ProcessRecord.drawId(new SecureRandom()),
                name,
                version,
                lanes,
                DEFAULT_TICK_MS,
                DEFAULT_STOP_TIMEOUT_MS,
                NodeLaneConfig.defaults());
    }

    /**
     * What the settings say.
     *
     * @param processId random, never 0
     */
    public static NodeConfig of(Settings settings, long processId) {
        NodeSettings node = settings.node();
        return new NodeConfig(
                processId,
                ProcessName.of(node.name()),
                ProductVersion.version(),
                node.eventLoops() == 0
                        ? Runtime.getRuntime().availableProcessors()
                        : node.eventLoops(),
                node.tickMs(),
                DEFAULT_STOP_TIMEOUT_MS,
                lane(node, settings.link()));
    }

    private static NodeLaneConfig lane(NodeSettings node, LinkSettings link) {
        return new NodeLaneConfig(
                node.mailboxBytes(),
                node.outboxBytes(),
                node.unitBytes(),
                node.maxMessageBytes(),
                LinkConfig.ofMs(
                        link.windowBytes(),
                        link.heartbeatMs(),
                        link.silenceMs(),
                        link.helloRetryMs()));
    }

    private static void check(String what, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", and must be from " + low + " to " + high);
        }
    }
}

package dev.slipgate.sdk.process;

import dev.slipgate.fabric.node.NodeLaneStats;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of what a node counts and holds.
 *
 * @param name what operators call it
 * @param processId this life of it, in hex
 * @param app the class of the app
 * @param connections open now
 * @param handlersRunning handlers, and the tick, that run or block now
 * @param handlersFailed hooks about connections that threw
 * @param ticks ticks that ran
 * @param ticksSkipped beats left out since the tick before was not over
 * @param ticksFailed ticks that threw
 * @param lanes per lane
 * @param drops what was dropped, by the key of its reason
 */
public record NodeStats(
        String name,
        String processId,
        String app,
        int connections,
        int handlersRunning,
        long handlersFailed,
        long ticks,
        long ticksSkipped,
        long ticksFailed,
        List<NodeLaneStats> lanes,
        Map<String, Long> drops) {}

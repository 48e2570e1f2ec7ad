package dev.slipgate.gateway;

import dev.slipgate.fabric.bus.BusLaneStats;
import dev.slipgate.fabric.gateway.GatewayLaneStats;
import dev.slipgate.gateway.loop.JobPool;
import java.util.List;
import java.util.Map;

/**
 * What a gateway tells in {@code /stats}.
 *
 * @param name the process's name
 * @param processId in hex
 * @param crypto what seals packets
 * @param transport what carries datagrams, {@code epoll} or {@code nio}
 * @param sessions live sessions
 * @param handshakes strangers in the midst of a handshake
 * @param drops what was dropped, by lower-case reason, zeros included
 * @param listeners by name
 * @param jobs costly crypto
 * @param lanes by event loop
 */
public record GatewayStats(
        String name,
        String processId,
        String crypto,
        String transport,
        int sessions,
        int handshakes,
        Map<String, Long> drops,
        Map<String, ListenerStats> listeners,
        JobPool.Stats jobs,
        List<Lane> lanes) {
    /**
     * One event loop.
     *
     * @param sessions its live sessions
     * @param handshakes its strangers
     * @param links its connections and links
     * @param bus its batches
     */
    public record Lane(int sessions, int handshakes, GatewayLaneStats links, BusLaneStats bus) {}
}

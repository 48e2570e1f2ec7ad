package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.link.LinkConfig;

/**
 * Bounds and times of a gateway lane.
 *
 * @param dialect the name told to nodes, such as {@code mpgameserver}
 * @param holdBytesPerConnection what one client may have kept here until its delivery ack; at least
 *     the largest message
 * @param holdBytesPerLane the same for all clients of the lane together
 * @param downBytesPerConnection credit that nodes have towards one client; at least the largest
 *     unit
 * @param placementTimeoutNs how long a client waits when no node takes connections
 * @param qualityIntervalNs how often the node is told a connection's latency and statistics while
 *     they change
 * @param lastDeliveryNs how long a client may still take what it was sent when the node has closed
 *     its connection
 * @param link the link's own
 */
public record GatewayLaneConfig(
        String dialect,
        int holdBytesPerConnection,
        long holdBytesPerLane,
        int downBytesPerConnection,
        long placementTimeoutNs,
        long qualityIntervalNs,
        long lastDeliveryNs,
        LinkConfig link) {
    /**
     * How long a client may take its last messages: more than the lost-packet timers of a bad path
     * need.
     */
    public static final long LAST_DELIVERY_NS = 1_000_000_000L;

    /** What holds unless configured. */
    public static GatewayLaneConfig defaults(String dialect) {
        return new GatewayLaneConfig(
                dialect,
                1024 * 1024,
                128L * 1024 * 1024,
                2 * 1024 * 1024,
                5_000_000_000L,
                1_000_000_000L,
                LAST_DELIVERY_NS,
                LinkConfig.defaults());
    }
}

package dev.slipgate.gateway;

import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.LinkSettings;
import dev.slipgate.runtime.lifecycle.ProcessName;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a gateway process is to be.
 *
 * @param processId random, drawn for this life of the process, never 0
 * @param name what operators call it
 * @param version of the product
 * @param eventLoops how many of the event loops of its Vert.x it uses, 0 for one per core
 * @param handshakeThreads threads for costly crypto, 0 for one per two cores
 * @param epollRequired whether it refuses to start on event loops without native transport
 * @param lane bounds and times of its lanes
 * @param keyIds of the gateway keys that it answers to, the announced one first; empty without the
 *     native protocol
 */
public record GatewayConfig(
        long processId,
        String name,
        String version,
        int eventLoops,
        int handshakeThreads,
        boolean epollRequired,
        GatewayLaneConfig lane,
        List<Integer> keyIds) {
    /** Copies the list. */
    public GatewayConfig {
        keyIds = List.copyOf(keyIds);
    }

    /** The settings of a gateway, in this module's words; without keys. */
    public static GatewayConfig of(
            long processId, GatewaySettings gateway, LinkSettings link, String version) {
        return new GatewayConfig(
                processId,
                ProcessName.of(gateway.name()),
                version,
                gateway.eventLoops(),
                gateway.handshakeThreads(),
                gateway.transport() == GatewaySettings.TransportChoice.EPOLL,
                laneConfig(gateway, link),
                List.of());
    }

    /** The same for a gateway that answers to these keys. */
    public GatewayConfig withKeys(GatewayKeys keys) {
        return new GatewayConfig(
                processId,
                name,
                version,
                eventLoops,
                handshakeThreads,
                epollRequired,
                lane,
                keys.all().stream().map(GatewayKey::id).toList());
    }

    private static GatewayLaneConfig laneConfig(GatewaySettings gateway, LinkSettings link) {
        return new GatewayLaneConfig(
                "mpgameserver",
                gateway.holdBytesPerConnection(),
                gateway.holdBytesPerLane(),
                gateway.downBytesPerConnection(),
                TimeUnit.MILLISECONDS.toNanos(gateway.placementTimeoutMs()),
                TimeUnit.MILLISECONDS.toNanos(gateway.qualityIntervalMs()),
                GatewayLaneConfig.LAST_DELIVERY_NS,
                LinkConfig.ofMs(
                        link.windowBytes(),
                        link.heartbeatMs(),
                        link.silenceMs(),
                        link.helloRetryMs()));
    }
}

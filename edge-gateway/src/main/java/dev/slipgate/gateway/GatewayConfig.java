package dev.slipgate.gateway;

import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.LinkSettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
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
 * @param listen where clients find it
 * @param udp how its sockets are made
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
        ListenSpec listen,
        UdpOptions udp,
        GatewayLaneConfig lane,
        List<Integer> keyIds) {
    private static final int USUAL_DATAGRAM_BYTES = UdpOptions.defaults().maxDatagramBytes();

    /** Copies the list. */
    public GatewayConfig {
        keyIds = List.copyOf(keyIds);
    }

    /** The settings of a gateway that speaks mpgameserver, in this module's words; without keys. */
    public static GatewayConfig of(
            long processId, GatewaySettings gateway, LinkSettings link, String version) {
        MpGameServerSettings dialect = gateway.mpgameserver();
        UdpOptions defaults = UdpOptions.defaults();
        return new GatewayConfig(
                processId,
                ProcessName.of(gateway.name()),
                version,
                gateway.eventLoops(),
                gateway.handshakeThreads(),
                gateway.transport() == GatewaySettings.TransportChoice.EPOLL,
                ListenSpec.of(dialect.host(), dialect.port(), "gateway.mpgameserver.port"),
                // The MTU counts the headers too: a datagram above what the endpoint takes is seen.
                new UdpOptions(
                        defaults.receiveBufferBytes(),
                        defaults.sendBufferBytes(),
                        Math.max(USUAL_DATAGRAM_BYTES, dialect.mtuBytes())),
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
                listen,
                udp,
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

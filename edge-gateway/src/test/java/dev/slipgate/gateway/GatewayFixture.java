package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.mpgameserver.MpGameServerEndpoints;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.stats.StatsRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;

/** A gateway on two event loops and a free port of 127.0.0.1, with a cluster of its own. */
final class GatewayFixture implements AutoCloseable {
    final StatsRegistry stats = new StatsRegistry();
    final GatewayProcess gateway;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));

    GatewayFixture(EndpointFactory endpoints) {
        this(endpoints, 0, new RecordingDirectory(), new HealthChecks(), List.of());
    }

    GatewayFixture(
            EndpointFactory endpoints,
            int port,
            Directory directory,
            HealthChecks health,
            List<Integer> keyIds) {
        var config =
                new GatewayConfig(
                        42,
                        "gateway-test",
                        "1.2.3",
                        2,
                        0,
                        false,
                        ListenSpec.of("127.0.0.1", port, "gateway.mpgameserver.port"),
                        UdpOptions.defaults(),
                        GatewayLaneConfig.defaults("mpgameserver"),
                        keyIds);
        try {
            gateway =
                    GatewayProcess.start(config, vertx, directory, endpoints, health, stats)
                            .await();
        } catch (RuntimeException failed) {
            vertx.close().await();
            throw failed;
        }
    }

    @Override
    public void close() {
        gateway.stop().await();
        vertx.close().await();
    }

    /** The default settings with this root key. */
    static GatewaySettings settings(Path rootKey) {
        return settings(rootKey, Settings.defaults().gateway().mpgameserver().mtuBytes());
    }

    /** The same with this MTU. */
    static GatewaySettings settings(Path rootKey, int mtuBytes) {
        GatewaySettings s = Settings.defaults().gateway();
        MpGameServerSettings m = s.mpgameserver();
        var mpgameserver =
                new MpGameServerSettings(
                        m.host(),
                        m.port(),
                        rootKey,
                        null,
                        mtuBytes,
                        m.maxSessions(),
                        m.handshakesPerSecond(),
                        m.handshakesPending(),
                        m.sessionTimeoutMs(),
                        m.keepAliveMs(),
                        m.packetsPerSecond(),
                        m.maxMessageBytes());
        return new GatewaySettings(
                s.name(),
                s.eventLoops(),
                s.handshakeThreads(),
                s.crypto(),
                s.keyFiles(),
                s.transport(),
                mpgameserver,
                s.holdBytesPerConnection(),
                s.holdBytesPerLane(),
                s.downBytesPerConnection(),
                s.placementTimeoutMs(),
                s.qualityIntervalMs());
    }

    /** The real dialect, with an echo in place of the lane. */
    static final class EchoingDialect implements EndpointFactory {
        private final EndpointFactory dialect;

        EchoingDialect(GatewaySettings settings) {
            dialect = MpGameServerEndpoints.of(settings, RootKey.load(settings.mpgameserver()));
        }

        @Override
        public Endpoint create(Parts parts) {
            return dialect.create(
                    new Parts(
                            parts.loopIndex(),
                            parts.loops(),
                            new Echo(),
                            parts.drops(),
                            parts.pool(),
                            parts.random(),
                            parts.epochAtZeroNs()));
        }

        @Override
        public String crypto() {
            return dialect.crypto();
        }
    }

    private static final class Echo implements SessionListener {
        private long number;

        @Override
        public void onConnected(Session session, long nowNs) {}

        @Override
        public boolean tryReserve(Session session, int bytes, long nowNs) {
            return true;
        }

        @Override
        public void unreserve(Session session, int bytes) {}

        @Override
        public void onMessage(
                Session session,
                int channel,
                Delivery delivery,
                long sentNumber,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            session.send(channel, Delivery.RELIABLE, ++number, bytes, offset, length, nowNs);
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {}

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {}
    }
}

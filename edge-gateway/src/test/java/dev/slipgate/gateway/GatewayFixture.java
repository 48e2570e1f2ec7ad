package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.mpgameserver.MpGameServerEndpoints;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.gateway.stream.StreamSessions;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.runtime.config.ConfigInputs;
import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.stats.StatsRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        this(List.of(mpgameserver(endpoints, port)), directory, health, keyIds);
    }

    GatewayFixture(
            List<Entrance> entrances,
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
                        GatewayLaneConfig.defaults("mpgameserver"),
                        keyIds);
        try {
            gateway =
                    GatewayProcess.start(config, vertx, directory, entrances, health, stats)
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

    private static Entrance mpgameserver(EndpointFactory endpoints, int port) {
        return new Entrance.Datagrams(
                "mpgameserver",
                endpoints,
                ListenSpec.of("127.0.0.1", port, "gateway.mpgameserver.port"),
                UdpOptions.defaults());
    }

    /** Where the first listener is. */
    InetSocketAddress address() {
        return gateway.listeners().getFirst().addresses().getFirst();
    }

    /** Where the listener of this name is. */
    InetSocketAddress address(String name) {
        return gateway.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findAny()
                .orElseThrow()
                .addresses()
                .getFirst();
    }

    /** The default settings with this root key. */
    static GatewaySettings settings(Path rootKey) {
        return settings("gateway.mpgameserver.root-key", rootKey.toString());
    }

    /** The same with this MTU, even one that configuration refuses. */
    static GatewaySettings settings(Path rootKey, int mtuBytes) {
        GatewaySettings s = settings(rootKey);
        MpGameServerSettings m = s.mpgameserver();
        var mpgameserver =
                new MpGameServerSettings(
                        m.enabled(),
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
                s.slipgate(),
                mpgameserver,
                s.holdBytesPerConnection(),
                s.holdBytesPerLane(),
                s.downBytesPerConnection(),
                s.placementTimeoutMs(),
                s.qualityIntervalMs());
    }

    /** The default settings but for these. */
    static GatewaySettings settings(String... keysAndValues) {
        List<ConfigInputs.FlagValue> flags = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            flags.add(new ConfigInputs.FlagValue(keysAndValues[i], keysAndValues[i + 1], "--set"));
        }
        return Configuration.load(new ConfigInputs(null, Map.of(), flags)).settings().gateway();
    }

    /** The real dialect, with an echo in place of the lane. */
    static final class EchoingDialect implements EndpointFactory {
        private final EndpointFactory dialect;

        EchoingDialect(EndpointFactory dialect) {
            this.dialect = dialect;
        }

        EchoingDialect(GatewaySettings settings) {
            this(
                    MpGameServerEndpoints.of(
                            settings,
                            CryptoProviders.select("auto"),
                            RootKey.load(settings.mpgameserver())));
        }

        @Override
        public Endpoint create(Parts parts) {
            SessionListener echo =
                    parts.listener() instanceof StreamSessions
                            ? new StreamSessions(new Echo())
                            : new Echo();
            return dialect.create(parts.withListener(echo));
        }

        @Override
        public int loopOf(byte[] bytes, int offset, int length) {
            return dialect.loopOf(bytes, offset, length);
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
            session.consumed(length + 64L, nowNs);
            session.send(channel, Delivery.RELIABLE, ++number, bytes, offset, length, nowNs);
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {}

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {}
    }
}

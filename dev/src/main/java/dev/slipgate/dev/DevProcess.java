package dev.slipgate.dev;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.InMemoryDirectory;
import dev.slipgate.fabric.directory.LocalRegistry;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.gateway.Entrance;
import dev.slipgate.gateway.Entrances;
import dev.slipgate.gateway.GatewayConfig;
import dev.slipgate.gateway.GatewayCredentials;
import dev.slipgate.gateway.GatewayProcess;
import dev.slipgate.gateway.Listener;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.AdminServer;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.runtime.stats.StatsRegistry;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.process.NodeConfig;
import dev.slipgate.sdk.process.NodeProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * A gateway and a node that runs an app, in one process, on an event bus and a directory in memory.
 * Thread-safe.
 */
public final class DevProcess {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Settings settings;
    private final ProcessLifecycle lifecycle;
    private final HealthChecks health = new HealthChecks();
    private final StatsRegistry stats = new StatsRegistry();
    private final LocalRegistry registry = new LocalRegistry();
    private final AdminServer admin;
    private final Vertx vertx;
    private final NodeProcess node;
    private final GatewayProcess gateway;

    private DevProcess(
            Settings settings, App app, List<Entrance> entrances, ProcessLifecycle lifecycle) {
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.admin = startAdmin();
        this.vertx = startVertx();
        lifecycle.onStop("directory", STOP_LIMIT, registry::close);
        this.node = startNode(app);
        this.gateway = startGateway(entrances);
    }

    /**
     * Starts everything; blocks until clients can connect.
     *
     * @param credentials what clients pin; what is not there is not listened for
     * @param lifecycle is told how to stop each part
     * @throws dev.slipgate.runtime.lifecycle.StartFailure when a port is in use
     */
    public static DevProcess start(
            Settings settings,
            App app,
            GatewayCredentials credentials,
            ProcessLifecycle lifecycle) {
        return start(settings, app, Entrances.of(settings.gateway(), credentials), lifecycle);
    }

    /**
     * The same with these entrances, such as {@link Entrances#inMemory} for clients in the same
     * process.
     */
    public static DevProcess start(
            Settings settings, App app, List<Entrance> entrances, ProcessLifecycle lifecycle) {
        return new DevProcess(settings, app, entrances, lifecycle);
    }

    private AdminServer startAdmin() {
        AdminServer started =
                AdminServer.start(
                        settings.admin().host(), settings.admin().brokerPort(), health, stats);
        lifecycle.onStop("admin", STOP_LIMIT, started::close);
        return started;
    }

    private Vertx startVertx() {
        Vertx started = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        lifecycle.onStop("event loops", STOP_LIMIT, () -> started.close().await());
        return started;
    }

    /** The node first, so that the first client finds one. */
    private NodeProcess startNode(App app) {
        HealthChecks.Condition announced = health.add("node");
        NodeConfig config = NodeConfig.of(settings, ProcessRecord.drawId(new SecureRandom()));
        NodeProcess started = NodeProcess.start(config, app, vertx, directory()).await();
        lifecycle.onStop(
                "node",
                STOP_LIMIT.plusMillis(config.stopTimeoutMs()),
                () -> started.stop().await());
        stats.register("node", started::stats);
        announced.met();
        return started;
    }

    private GatewayProcess startGateway(List<Entrance> entrances) {
        GatewayConfig config =
                GatewayConfig.of(
                        ProcessRecord.drawId(new SecureRandom()),
                        settings.gateway(),
                        settings.link(),
                        ProductVersion.version());
        GatewayProcess started =
                GatewayProcess.start(config, vertx, directory(), entrances, health, stats).await();
        lifecycle.onStop("gateway", STOP_LIMIT, () -> started.stop().await());
        return started;
    }

    /** A handle for each process, as if they were several. */
    private Directory directory() {
        return new InMemoryDirectory(registry);
    }

    /** Where clients connect, and how. */
    public List<Listener> listeners() {
        return gateway.listeners();
    }

    /** Where health and stats are served. */
    public String adminUrl() {
        return admin.url();
    }

    /** The node that runs the app. */
    public NodeProcess node() {
        return node;
    }
}

package dev.slipgate.sdk.process;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.AdminServer;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.runtime.stats.StatsRegistry;
import dev.slipgate.sdk.App;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node's process, part by part, and says how each part is stopped. */
final class NodeStart {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private NodeStart() {}

    /**
     * Starts the node; blocks until it is in the directory of its cluster.
     *
     * @throws dev.slipgate.runtime.lifecycle.StartFailure when it cannot
     */
    static void start(Settings settings, App app, ProcessLifecycle lifecycle)
            throws InterruptedException {
        var health = new HealthChecks();
        HealthChecks.Condition inCluster = health.add("cluster");
        HealthChecks.Condition announced = health.add("node");
        var stats = new StatsRegistry();
        AdminServer admin =
                AdminServer.start(
                        settings.admin().host(), settings.admin().memberPort(), health, stats);
        lifecycle.onStop("admin", STOP_LIMIT, admin::close);
        LOG.info("health and stats at {}", admin.url());

        var config = NodeConfig.of(settings, ProcessRecord.drawId(new SecureRandom()));
        inCluster.unmet("waits for a broker of " + settings.cluster().brokers());
        ClusterMember member = ClusterJoin.join(settings, config);
        lifecycle.onStop("cluster membership", STOP_LIMIT, member::close);
        inCluster.met();

        NodeProcess node =
                NodeProcess.start(config, app, member.vertx(), member.directory()).await();
        lifecycle.onStop("node", stopLimit(config), () -> node.stop().await());
        stats.register("node", node::stats);
        announced.met();
        LOG.info(
                "node {} runs {} in cluster {}: bus {}",
                config.name(),
                app.getClass().getName(),
                settings.cluster().name(),
                member.busAddress());
    }

    private static Duration stopLimit(NodeConfig config) {
        return STOP_LIMIT.plusMillis(config.stopTimeoutMs());
    }
}

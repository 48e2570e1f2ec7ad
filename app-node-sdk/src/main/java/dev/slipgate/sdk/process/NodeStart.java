package dev.slipgate.sdk.process;

import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.runtime.cluster.ClusterProcess;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.sdk.App;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node's process, part by part, and says how each part is stopped. */
final class NodeStart {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

    private NodeStart() {}

    /**
     * Starts the node; blocks until it is in the directory of its cluster.
     *
     * @throws dev.slipgate.runtime.lifecycle.StartFailure when it cannot
     */
    static void start(Settings settings, App app, ProcessLifecycle lifecycle)
            throws InterruptedException {
        ClusterProcess process =
                ClusterProcess.start(settings, Role.NODE, settings.node().eventLoops(), lifecycle);
        HealthChecks.Condition announced = process.health().add("node");
        var config = NodeConfig.of(settings, process.processId());
        ClusterMember member = process.member();
        NodeProcess node =
                NodeProcess.start(config, app, member.vertx(), member.directory()).await();
        lifecycle.onStop("node", stopLimit(config), () -> node.stop().await());
        process.stats().register("node", node::stats);
        announced.met();
        LOG.info(
                "node {} runs {} in cluster {}: bus {}",
                config.name(),
                app.getClass().getName(),
                settings.cluster().name(),
                member.busAddress());
    }

    private static Duration stopLimit(NodeConfig config) {
        return ClusterProcess.STOP_LIMIT.plusMillis(config.stopTimeoutMs());
    }
}

package dev.slipgate.broker;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.cluster.ClusterProcess;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker: a member that keeps the cluster's data, is in the directory, and serves health and
 * stats. It has no event bus; no game traffic passes it.
 */
public final class BrokerProcess {
    private static final Logger log = LoggerFactory.getLogger(BrokerProcess.class);

    private final ClusterProcess process;

    private BrokerProcess(ClusterProcess process) {
        this.process = process;
    }

    /**
     * Starts a broker; what it starts is stopped by the lifecycle. Blocks for about a second.
     *
     * @throws dev.slipgate.runtime.lifecycle.StartFailure when a port is in use, or another broker
     *     is of a cluster of another name
     * @throws InterruptedException when interrupted
     */
    public static BrokerProcess start(Settings settings, ProcessLifecycle lifecycle)
            throws InterruptedException {
        ClusterProcess process = ClusterProcess.start(settings, Role.BROKER, 1, lifecycle);
        ClusterMember member = process.member();
        process.stats().register("cluster", () -> ClusterStats.of(member));
        member.directory().announce(record(process.processId(), member));
        log.info(
                "broker of cluster '{}' at {}",
                settings.cluster().name(),
                member.hazelcastAddress());
        return new BrokerProcess(process);
    }

    /** Its membership, for {@code dev} and tests. */
    public ClusterMember member() {
        return process.member();
    }

    /** Where it serves health and stats. */
    public String adminUrl() {
        return process.adminUrl();
    }

    private static ProcessRecord record(long processId, ClusterMember member) {
        String name = "broker@" + member.hazelcastAddress();
        return new ProcessRecord(processId, Role.BROKER, name, 0, ProductVersion.version());
    }
}

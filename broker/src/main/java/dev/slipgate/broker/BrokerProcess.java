package dev.slipgate.broker;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.BrokerAddress;
import dev.slipgate.fabric.hazelcast.ClusterConfig;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.fabric.hazelcast.JoinFailure;
import dev.slipgate.fabric.hazelcast.PortSpan;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.config.ClusterSettings;
import dev.slipgate.runtime.config.HostPort;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.AdminServer;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.runtime.stats.StatsRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker: a member that keeps the cluster's data, is in the directory, and serves health and
 * stats. It has no event bus; no game traffic passes it.
 */
public final class BrokerProcess {
    private static final Logger log = LoggerFactory.getLogger(BrokerProcess.class);
    private static final Duration ADMIN_STOP_LIMIT = Duration.ofSeconds(6);

    /** Hazelcast hands its data to other brokers within 10 s; the directory leaves before. */
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(15);

    private final ClusterMember member;
    private final AdminServer admin;

    private BrokerProcess(ClusterMember member, AdminServer admin) {
        this.member = member;
        this.admin = admin;
    }

    /**
     * Starts a broker; what it starts is stopped by the lifecycle. Blocks for about a second.
     *
     * @throws StartFailure when a port is in use, or another broker is of a cluster of another name
     * @throws InterruptedException when interrupted
     */
    public static BrokerProcess start(Settings settings, ProcessLifecycle lifecycle)
            throws InterruptedException {
        var health = new HealthChecks();
        var stats = new StatsRegistry();
        HealthChecks.Condition clusterReady = health.add("cluster");
        AdminServer admin =
                AdminServer.start(
                        settings.admin().host(), settings.admin().brokerPort(), health, stats);
        lifecycle.onStop("admin", ADMIN_STOP_LIMIT, admin::close);

        long processId = newProcessId();
        ClusterMember member = join(settings, processId);
        lifecycle.onStop("cluster", LEAVE_LIMIT, member::close);
        stats.register("cluster", () -> ClusterStats.of(member));
        member.directory().announce(record(processId, member));
        clusterReady.met();
        log.info(
                "broker of cluster '{}' at {}, health and stats at {}",
                settings.cluster().name(),
                member.hazelcastAddress(),
                admin.url());
        return new BrokerProcess(member, admin);
    }

    /** Its membership, for {@code dev} and tests. */
    public ClusterMember member() {
        return member;
    }

    /** Where it serves health and stats. */
    public String adminUrl() {
        return admin.url();
    }

    private static ClusterMember join(Settings settings, long processId)
            throws InterruptedException {
        try {
            return ClusterMember.join(config(settings, processId));
        } catch (JoinFailure e) {
            throw new StartFailure(e.what(), e.remedy(), e);
        }
    }

    private static ClusterConfig config(Settings settings, long processId) {
        ClusterSettings cluster = settings.cluster();
        int port = cluster.hazelcastPort().orElse(ClusterConfig.BROKER_PORT);
        return new ClusterConfig(
                cluster.name(),
                Role.BROKER,
                processId,
                cluster.brokers().stream()
                        .map(HostPort::toString)
                        .map(BrokerAddress::parse)
                        .toList(),
                cluster.host(),
                PortSpan.exactly(port),
                settings.bus().host(),
                PortSpan.upFrom(ClusterConfig.FIRST_BUS_PORT),
                1,
                false);
    }

    private static ProcessRecord record(long processId, ClusterMember member) {
        String name = "broker@" + member.hazelcastAddress();
        return new ProcessRecord(processId, Role.BROKER, name, 0, ProductVersion.version());
    }

    private static long newProcessId() {
        var random = new SecureRandom();
        long drawn = 0;
        while (drawn == 0) {
            drawn = random.nextLong();
        }
        return drawn;
    }
}

package dev.slipgate.runtime.cluster;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.BrokerAddress;
import dev.slipgate.fabric.hazelcast.ClusterConfig;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.fabric.hazelcast.JoinFailure;
import dev.slipgate.fabric.hazelcast.PortSpan;
import dev.slipgate.runtime.config.ClusterSettings;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.health.AdminServer;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.runtime.net.PortChoice;
import dev.slipgate.runtime.stats.StatsRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of the cluster before it does its own work: it serves health and stats from the first
 * moment, and is a member. Thread-safe.
 */
public final class ClusterProcess {
    /** How long one part may take to stop. */
    public static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Hazelcast hands its data to other brokers within 10 s; the directory leaves before. */
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterProcess.class);

    private final long processId;
    private final HealthChecks health;
    private final StatsRegistry stats;
    private final AdminServer admin;
    private final ClusterMember member;

    private ClusterProcess(
            long processId,
            HealthChecks health,
            StatsRegistry stats,
            AdminServer admin,
            ClusterMember member) {
        this.processId = processId;
        this.health = health;
        this.stats = stats;
        this.admin = admin;
        this.member = member;
    }

    /**
     * Starts serving health and stats, then joins; blocks until it is a member, which for gateways
     * and nodes is as long as no broker is there.
     *
     * @param eventLoops threads of the Vert.x event-loop pool, 0 for one per core
     * @param lifecycle is told how to stop each part
     * @throws StartFailure when waiting would not help
     * @throws InterruptedException when interrupted while waiting
     */
    public static ClusterProcess start(
            Settings settings, Role role, int eventLoops, ProcessLifecycle lifecycle)
            throws InterruptedException {
        var health = new HealthChecks();
        var stats = new StatsRegistry();
        HealthChecks.Condition joined = health.add("cluster");
        PortChoice adminPort =
                role == Role.BROKER ? settings.admin().brokerPort() : settings.admin().memberPort();
        AdminServer admin = AdminServer.start(settings.admin().host(), adminPort, health, stats);
        lifecycle.onStop("admin", STOP_LIMIT, admin::close);
        LOG.info("health and stats at {}", admin.url());
        joined.unmet("waits for a broker of " + settings.cluster().brokers());
        long processId = ProcessRecord.drawId(new SecureRandom());
        ClusterMember member = join(config(settings, role, processId, loops(eventLoops)));
        lifecycle.onStop("cluster membership", LEAVE_LIMIT, member::close);
        joined.met();
        return new ClusterProcess(processId, health, stats, admin, member);
    }

    private static ClusterMember join(ClusterConfig config) throws InterruptedException {
        try {
            return ClusterMember.join(config);
        } catch (JoinFailure failure) {
            throw new StartFailure(failure.what(), failure.remedy(), failure);
        }
    }

    private static ClusterConfig config(
            Settings settings, Role role, long processId, int eventLoops) {
        ClusterSettings cluster = settings.cluster();
        return new ClusterConfig(
                cluster.name(),
                role,
                processId,
                cluster.brokers().stream()
                        .map(broker -> new BrokerAddress(broker.host(), broker.port()))
                        .toList(),
                cluster.host(),
                span(role == Role.BROKER ? cluster.brokerPort() : cluster.memberPort()),
                settings.bus().host(),
                span(settings.bus().portChoice()),
                eventLoops,
                role != Role.BROKER);
    }

    private static PortSpan span(PortChoice choice) {
        return switch (choice) {
            case PortChoice.Exactly(int port) -> PortSpan.exactly(port);
            case PortChoice.NextFree(int first) -> PortSpan.upFrom(first);
        };
    }

    /** Event loops for a configured count, where 0 means one per core. */
    public static int loops(int configured) {
        return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
    }

    /** This life of the process, as the directory is to know it. */
    public long processId() {
        return processId;
    }

    /** What its readiness depends on; its membership is in it. */
    public HealthChecks health() {
        return health;
    }

    public StatsRegistry stats() {
        return stats;
    }

    /** Where health and stats are served. */
    public String adminUrl() {
        return admin.url();
    }

    public ClusterMember member() {
        return member;
    }
}

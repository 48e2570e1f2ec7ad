package dev.slipgate.fabric.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import java.net.BindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of a Hazelcast member that is of the right cluster, or of none. */
final class HazelcastStart {
    private static final Logger log = LoggerFactory.getLogger(HazelcastStart.class);

    private static final String PORT_KEY = "cluster.hazelcast-port";

    private HazelcastStart() {}

    /**
     * Starts a member: a broker at once, anybody else when a broker is there.
     *
     * @throws JoinFailure when waiting would not help
     * @throws InterruptedException when the wait is called off
     */
    static HazelcastInstance start(ClusterConfig config) throws InterruptedException {
        var brokers = new BrokerWait(config);
        if (config.isBroker()) {
            brokers.askAll();
            return newMember(config);
        }
        while (true) {
            brokers.untilOneAnswers();
            HazelcastInstance member = newMember(config);
            if (member.getCluster().getMembers().stream().anyMatch(m -> !m.isLiteMember())) {
                return member;
            }
            // The broker went away between its answer and our coming: a cluster without one would
            // hold nothing, and would keep us from joining it when it returns.
            log.info("joined no broker of cluster '{}', trying again", config.clusterName());
            member.getLifecycleService().terminate();
        }
    }

    private static HazelcastInstance newMember(ClusterConfig config) {
        PortSpan ports = config.hazelcastPorts();
        if (ports.freeOn(config.hostAddress()).findFirst().isEmpty()) {
            throw JoinFailure.portInUse(ports, config.host(), PORT_KEY, null);
        }
        try {
            return Hazelcast.newHazelcastInstance(MemberSettings.of(config));
        } catch (HazelcastException e) {
            if (e.getCause() instanceof BindException) {
                throw JoinFailure.portInUse(ports, config.host(), PORT_KEY, e);
            }
            throw new JoinFailure(
                    "Hazelcast does not start: " + e.getMessage(),
                    "check cluster.host and " + PORT_KEY,
                    e);
        }
    }
}

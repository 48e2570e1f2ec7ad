package dev.slipgate.sdk.process;

import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.BrokerAddress;
import dev.slipgate.fabric.hazelcast.ClusterConfig;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.fabric.hazelcast.JoinFailure;
import dev.slipgate.fabric.hazelcast.PortSpan;
import dev.slipgate.runtime.config.ClusterSettings;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.runtime.net.PortChoice;

/** How a node joins the cluster that its settings name. */
final class ClusterJoin {
    private ClusterJoin() {}

    /**
     * Joins, waiting for a broker as long as it takes.
     *
     * @throws StartFailure when waiting would not help
     */
    static ClusterMember join(Settings settings, NodeConfig node) throws InterruptedException {
        ClusterSettings cluster = settings.cluster();
        var config =
                new ClusterConfig(
                        cluster.name(),
                        Role.NODE,
                        node.processId(),
                        cluster.brokers().stream()
                                .map(broker -> new BrokerAddress(broker.host(), broker.port()))
                                .toList(),
                        cluster.host(),
                        span(cluster.memberPort()),
                        settings.bus().host(),
                        span(settings.bus().portChoice()),
                        node.lanes());
        try {
            return ClusterMember.join(config);
        } catch (JoinFailure failure) {
            throw new StartFailure(failure.what(), failure.remedy(), failure);
        }
    }

    private static PortSpan span(PortChoice choice) {
        return switch (choice) {
            case PortChoice.Exactly(int port) -> PortSpan.exactly(port);
            case PortChoice.NextFree(int first) -> PortSpan.upFrom(first);
        };
    }
}

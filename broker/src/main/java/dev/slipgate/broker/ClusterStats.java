package dev.slipgate.broker;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import java.util.Collection;

/**
 * What a broker sees of the cluster.
 *
 * @param address where its Hazelcast listens
 * @param members members of any kind, itself included
 * @param brokers announced brokers
 * @param gateways announced gateways
 * @param nodes announced nodes
 */
record ClusterStats(String address, int members, long brokers, long gateways, long nodes) {
    static ClusterStats of(ClusterMember member) {
        Collection<ProcessRecord> processes = member.directory().processes();
        return new ClusterStats(
                member.hazelcastAddress(),
                member.members(),
                count(processes, Role.BROKER),
                count(processes, Role.GATEWAY),
                count(processes, Role.NODE));
    }

    private static long count(Collection<ProcessRecord> processes, Role role) {
        return processes.stream().filter(process -> process.role() == role).count();
    }
}

package dev.slipgate.runtime.config;

import dev.slipgate.runtime.net.PortChoice;
import java.util.List;
import java.util.OptionalInt;

/**
 * Membership of the cluster.
 *
 * @param name processes of another cluster are refused by it
 * @param brokers the configured set, never empty
 * @param host the address that Hazelcast binds
 * @param hazelcastPort when set: exactly this one
 */
public record ClusterSettings(
        String name, List<HostPort> brokers, String host, OptionalInt hazelcastPort) {
    /** Hazelcast's port of brokers, unless {@code cluster.brokers} or the key says otherwise. */
    public static final int BROKER_HAZELCAST_PORT = 5701;

    /** Where gateways and nodes begin to look for a free one. */
    public static final int MEMBER_HAZELCAST_PORT = 5711;

    static ClusterSettings read(KeyReader in) {
        return new ClusterSettings(
                in.name(
                        "cluster.name",
                        "slipgate",
                        "The cluster's name. Processes of another name are refused."),
                in.hostPorts(
                        "cluster.brokers",
                        "127.0.0.1:" + BROKER_HAZELCAST_PORT,
                        BROKER_HAZELCAST_PORT,
                        "The brokers. One that does not resolve or answer yet is waited for."),
                in.text(
                        "cluster.host",
                        "127.0.0.1",
                        "The address that Hazelcast binds. Its traffic is in clear: keep it on"
                                + " loopback or on a network of its own."),
                in.port(
                        "cluster.hazelcast-port",
                        "Hazelcast's port. Unset: "
                                + BROKER_HAZELCAST_PORT
                                + " for brokers, the next free one from "
                                + MEMBER_HAZELCAST_PORT
                                + " up for gateways and nodes."));
    }

    /** The port of a broker, which others find by configuration. */
    public PortChoice brokerPort() {
        return new PortChoice.Exactly(hazelcastPort.orElse(BROKER_HAZELCAST_PORT));
    }

    /** The port of a gateway or node. */
    public PortChoice memberPort() {
        return Ports.setOrNextFree(hazelcastPort, MEMBER_HAZELCAST_PORT);
    }
}

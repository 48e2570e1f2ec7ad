package dev.slipgate.fabric.hazelcast;

import dev.slipgate.fabric.directory.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a process joins the cluster.
 *
 * @param clusterName letters, digits, {@code . _ -}; processes of another name are refused
 * @param role brokers keep the cluster's data, gateways and nodes keep none and wait for a broker
 * @param processId as in the process's directory record, never 0
 * @param brokers the configured brokers, never empty; a broker's own address may be among them
 * @param host the address that Hazelcast binds and tells others; a wildcard binds all
 * @param hazelcastPorts the ports that Hazelcast may take; one for a broker
 * @param busHost the address that the event bus binds and tells others
 * @param busPorts the ports that the event bus may take; unused for a broker
 * @param eventLoops threads of Vert.x's event-loop pool, at least 1; unused for a broker
 * @param busTap whether batches are taken straight off the bus's sockets: less copying and garbage,
 *     and frames with a bound; the same batches arrive either way
 */
public record ClusterConfig(
        String clusterName,
        Role role,
        long processId,
        List<BrokerAddress> brokers,
        String host,
        PortSpan hazelcastPorts,
        String busHost,
        PortSpan busPorts,
        int eventLoops,
        boolean busTap) {
    /** Hazelcast's port of brokers. */
    public static final int BROKER_PORT = 5701;

    /** Where Hazelcast of gateways and nodes begins to look for a free port. */
    public static final int FIRST_MEMBER_PORT = 5711;

    /** Where the event bus begins to look for a free port. */
    public static final int FIRST_BUS_PORT = 5731;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public ClusterConfig {
        brokers = List.copyOf(brokers);
        if (!NAME.matcher(clusterName).matches()) {
            throw new IllegalArgumentException("not a cluster name: " + clusterName);
        }
        if (processId == 0 || brokers.isEmpty() || eventLoops < 1) {
            throw new IllegalArgumentException(
                    "a process needs an id, brokers and event loops, not "
                            + processId
                            + ", "
                            + brokers
                            + ", "
                            + eventLoops);
        }
    }

    /** {@link #host} resolved. */
    InetAddress hostAddress() {
        return resolve(host, "cluster.host");
    }

    /** {@link #busHost} resolved. */
    InetAddress busHostAddress() {
        return resolve(busHost, "bus.host");
    }

    private static InetAddress resolve(String host, String key) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new JoinFailure(
                    key + " " + host + " does not resolve", "name an address of this machine", e);
        }
    }

    boolean isBroker() {
        return role == Role.BROKER;
    }
}

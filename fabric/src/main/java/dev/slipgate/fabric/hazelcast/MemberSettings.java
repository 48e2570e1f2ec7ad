package dev.slipgate.fabric.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.RestApiConfig;
import com.hazelcast.config.RestEndpointGroup;
import java.net.InetAddress;

/** What Hazelcast is told: a translation of {@link ClusterConfig}, and the times we hold right. */
final class MemberSettings {
    /** Member attribute with the process id in hexadecimal. */
    static final String PROCESS_ID_ATTRIBUTE = "slipgate.processId";

    /**
     * Member attribute by which Vert.x knows its members. Brokers have it too, although they run no
     * Vert.x: without it, vertx-hazelcast stumbles over null when a broker leaves, and forgets to
     * publish its subscriptions again.
     */
    private static final String NODE_ID_ATTRIBUTE = "__vertx.nodeId";

    /** Copies of what brokers hold beside the first: two brokers may be lost at once. */
    private static final int BACKUPS = 2;

    private static final String[] VERTX_MAPS = {"__vertx.haInfo", "__vertx.nodeInfo"};

    /**
     * What Java serialization may make beside Hazelcast's own: what it sends when an operation
     * fails and when clusters merge. None of these runs code of another class when it is read.
     */
    private static final String[] JAVA_CLASSES = {
        "java.lang.Throwable",
        "java.lang.Exception",
        "java.lang.Error",
        "java.lang.RuntimeException",
        "java.lang.IllegalArgumentException",
        "java.lang.IllegalStateException",
        "java.lang.NullPointerException",
        "java.lang.UnsupportedOperationException",
        "java.lang.StackTraceElement",
        "[Ljava.lang.StackTraceElement;",
        "java.lang.Boolean",
        "java.lang.Enum",
        "java.lang.Integer",
        "java.lang.Long",
        "java.lang.Number",
        "java.util.ArrayList",
        "java.util.Collections$EmptyList",
        "java.util.Collections$UnmodifiableCollection",
        "java.util.Collections$UnmodifiableList",
        "java.util.Collections$UnmodifiableRandomAccessList",
        "java.util.UUID",
        "java.util.concurrent.CancellationException",
        "java.util.concurrent.ExecutionException",
        "java.util.concurrent.TimeoutException",
        "java.io.IOException",
    };

    private MemberSettings() {}

    static Config of(ClusterConfig config) {
        var hazelcast = new Config(BrokerProbe.instanceName(config));
        hazelcast.setClusterName(config.clusterName());
        hazelcast.setLiteMember(!config.isBroker());
        hazelcast
                .getMemberAttributeConfig()
                .setAttribute(PROCESS_ID_ATTRIBUTE, Long.toHexString(config.processId()))
                .setAttribute(
                        NODE_ID_ATTRIBUTE, "slipgate-" + Long.toHexString(config.processId()));
        network(hazelcast.getNetworkConfig(), config);
        maps(hazelcast);
        serialization(hazelcast);
        times(hazelcast);
        return hazelcast;
    }

    private static void network(NetworkConfig network, ClusterConfig config) {
        network.setPort(config.hazelcastPorts().first());
        network.setPortCount(config.hazelcastPorts().count());
        network.setPortAutoIncrement(config.hazelcastPorts().count() > 1);
        InetAddress host = config.hostAddress();
        if (!host.isAnyLocalAddress()) {
            network.getInterfaces().setEnabled(true).addInterface(host.getHostAddress());
        }
        if (config.isBroker()) {
            allowProbe(network);
        }
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
        config.brokers().forEach(broker -> join.getTcpIpConfig().addMember(broker.toString()));
    }

    // Marked for removal in favour of a paid edition's; it is the only question that a member
    // answers
    // before one has joined, and a second listener would be a second port to open everywhere.
    @SuppressWarnings("removal")
    private static void allowProbe(NetworkConfig network) {
        network.setRestApiConfig(
                new RestApiConfig()
                        .setEnabled(true)
                        .disableAllGroups()
                        .enableGroups(RestEndpointGroup.CLUSTER_READ));
    }

    private static void maps(Config hazelcast) {
        hazelcast
                .getMultiMapConfig("__vertx.subs")
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET)
                .setBackupCount(BACKUPS);
        for (String map : VERTX_MAPS) {
            hazelcast.getMapConfig(map).setBackupCount(BACKUPS);
        }
        hazelcast.getMapConfig(HazelcastDirectory.MAP).setBackupCount(BACKUPS);
    }

    private static void serialization(Config hazelcast) {
        var filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist().addPrefixes("com.hazelcast.", "dev.slipgate.");
        filter.getWhitelist().addClasses(JAVA_CLASSES);
        hazelcast.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    }

    private static void times(Config hazelcast) {
        set(hazelcast, "hazelcast.logging.type", "slf4j");
        set(hazelcast, "hazelcast.phone.home.enabled", "false");
        set(hazelcast, "hazelcast.shutdownhook.enabled", "false");
        set(hazelcast, "hazelcast.health.monitoring.level", "OFF");
        // Otherwise the port is bound on all addresses, whatever the interface says.
        set(hazelcast, "hazelcast.socket.bind.any", "false");
        // A silent member is out after 10 s; the links notice sooner, and by themselves.
        set(hazelcast, "hazelcast.heartbeat.interval.seconds", "1");
        set(hazelcast, "hazelcast.max.no.heartbeat.seconds", "10");
        set(hazelcast, "hazelcast.mastership.claim.timeout.seconds", "10");
        // Brokers that come back find those who went on without them within 5 s.
        set(hazelcast, "hazelcast.merge.first.run.delay.seconds", "5");
        set(hazelcast, "hazelcast.merge.next.run.delay.seconds", "5");
        // Joining members are let in one by one, not gathered for 5 s.
        set(hazelcast, "hazelcast.wait.seconds.before.join", "0");
        set(hazelcast, "hazelcast.max.join.seconds", "20");
        set(hazelcast, "hazelcast.operation.call.timeout.millis", "10000");
        set(hazelcast, "hazelcast.graceful.shutdown.max.wait", "10");
        // What Hazelcast carries here is little; the cores belong to the event loops.
        set(hazelcast, "hazelcast.io.thread.count", "1");
        set(hazelcast, "hazelcast.event.thread.count", "1");
        set(hazelcast, "hazelcast.operation.thread.count", "2");
        set(hazelcast, "hazelcast.operation.generic.thread.count", "2");
    }

    private static void set(Config hazelcast, String property, String value) {
        hazelcast.setProperty(property, value);
    }
}

package dev.slipgate.fabric.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.Role;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process's membership of the cluster: its Hazelcast member, its directory, and, for gateways and
 * nodes, its Vert.x with the clustered event bus.
 */
public final class ClusterMember implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final HazelcastInstance hazelcast;
    private final Directory directory;
    private final @Nullable Vertx vertx;

    private ClusterMember(HazelcastInstance hazelcast, Directory directory, @Nullable Vertx vertx) {
        this.hazelcast = hazelcast;
        this.directory = directory;
        this.vertx = vertx;
    }

    /**
     * Joins, which takes a second, or as long as no broker is there: gateways and nodes wait for
     * one and say so in the log. Blocks; not for event loops. A thread that waits may be
     * interrupted.
     *
     * @throws JoinFailure when waiting would not help: a port in use, a broker of another cluster
     * @throws InterruptedException when interrupted; nothing is left running
     */
    public static ClusterMember join(ClusterConfig config) throws InterruptedException {
        HazelcastInstance hazelcast = HazelcastStart.start(config);
        @Nullable Vertx vertx = null;
        boolean joined = false;
        try {
            boolean broker = config.role() == Role.BROKER;
            vertx = broker ? null : BusStart.start(config, hazelcast);
            var directory = HazelcastDirectory.open(hazelcast, broker);
            joined = true;
            return new ClusterMember(hazelcast, directory, vertx);
        } finally {
            if (!joined) {
                hazelcast.getLifecycleService().terminate();
            }
        }
    }

    /** The event bus and its loops; a broker has none. */
    public Vertx vertx() {
        if (vertx == null) {
            throw new IllegalStateException("a broker has no event bus");
        }
        return vertx;
    }

    /** Who is in the cluster; closed with this. */
    public Directory directory() {
        return directory;
    }

    /** The member itself, for tests and for what the directory does not say. */
    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    /** The address that Hazelcast took, {@code host:port}. */
    public String hazelcastAddress() {
        Member self = hazelcast.getCluster().getLocalMember();
        return self.getAddress().getHost() + ":" + self.getAddress().getPort();
    }

    /** The address that the event bus took, {@code host:port}. */
    public String busAddress() {
        var node = ((VertxInternal) vertx()).clusterManager().getNodeInfo();
        return node.host() + ":" + node.port();
    }

    /** How many members of any role this process sees, itself included. */
    public int members() {
        return hazelcast.getCluster().getMembers().size();
    }

    /** How many brokers this process sees; 0 while it goes on with what it knows. */
    public int brokers() {
        return (int)
                hazelcast.getCluster().getMembers().stream()
                        .filter(member -> !member.isLiteMember())
                        .count();
    }

    /** Leaves: the directory first, then the bus, then the membership. Blocks for some seconds. */
    @Override
    public void close() {
        directory.close();
        if (vertx != null) {
            closeVertx(vertx);
        }
        hazelcast.shutdown();
    }

    private static void closeVertx(Vertx vertx) {
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Subscriptions cannot be taken back when no broker is there; leaving ends them too.
        }
    }
}

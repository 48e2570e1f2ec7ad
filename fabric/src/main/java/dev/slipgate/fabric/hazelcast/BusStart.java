package dev.slipgate.fabric.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.slipgate.fabric.bus.TappedTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The start of a clustered Vert.x on a Hazelcast member that is not its own. */
final class BusStart {
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    /** A half-open connection is closed after both; the links' own silence rules are quicker. */
    private static final long PING_INTERVAL_MS = 2_000;

    private static final long PING_REPLY_MS = 4_000;

    private BusStart() {}

    /**
     * Starts Vert.x with its event bus on the first of the configured ports that is free.
     *
     * @throws JoinFailure when none is
     */
    static Vertx start(ClusterConfig config, HazelcastInstance member) throws InterruptedException {
        for (int port : config.busPorts().freeOn(config.busHostAddress()).toArray()) {
            try {
                return Vertx.builder()
                        .with(options(config, port))
                        .withTransport(transport(config))
                        .withClusterManager(new HazelcastClusterManager(member))
                        .buildClustered()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
            } catch (ExecutionException e) {
                // Somebody else may have taken the port meanwhile: then the next one.
                if (!(e.getCause() instanceof IOException)) {
                    throw new JoinFailure(
                            "the event bus does not start: " + e.getCause(),
                            "check bus.host and bus.port",
                            e);
                }
            }
        }
        throw JoinFailure.portInUse(config.busPorts(), config.busHost(), "bus.port", null);
    }

    private static Transport transport(ClusterConfig config) {
        @Nullable Transport built = Transport.nativeTransport();
        Transport best = built != null && built.available() ? built : Transport.NIO;
        return config.busTap() ? TappedTransport.over(best) : best;
    }

    private static VertxOptions options(ClusterConfig config, int port) {
        var bus =
                new EventBusOptions()
                        .setHost(config.busHost())
                        .setPort(port)
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setClusterPingInterval(PING_INTERVAL_MS)
                        .setClusterPingReplyInterval(PING_REPLY_MS);
        return new VertxOptions()
                .setEventLoopPoolSize(config.eventLoops())
                .setFileSystemOptions(
                        new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false))
                .setEventBusOptions(bus);
    }
}

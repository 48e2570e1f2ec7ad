package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.gateway.GatewayLane;
import dev.slipgate.gateway.carrier.Transport;
import dev.slipgate.gateway.loop.JobPool;
import dev.slipgate.gateway.loop.SessionLoop;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.stats.StatsRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: sockets, sessions and lanes on the event loops of a Vert.x instance that its
 * caller owns. Thread-safe.
 */
public final class GatewayProcess {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

    /** What a loop's byte arrays may hold while nobody uses them. */
    private static final long MAX_POOLED_BYTES = 32L << 20;

    private final Directory directory;
    private final HealthChecks.Condition ready;
    private final ProcessRecord self;
    private final KeyCheck keyCheck;
    private final String crypto;
    private final Transport transport;
    private final ProcessClock clock = new ProcessClock();
    private final DropCounter drops = new DropCounter();
    private final JobPool jobs;
    private final List<OpenEntrance> entrances = new ArrayList<>();
    private final List<GatewayLoop> loops = new ArrayList<>();

    private GatewayProcess(
            GatewayConfig config,
            Directory directory,
            List<Entrance> entrances,
            List<ContextInternal> contexts,
            HealthChecks.Condition ready) {
        this.directory = directory;
        this.ready = ready;
        this.self = record(config, contexts.size());
        this.keyCheck = new KeyCheck(self, directory, contexts.getFirst());
        this.crypto = entrances.getFirst().endpoints().crypto();
        this.transport = Transport.of(contexts.getFirst().nettyEventLoop());
        this.jobs = new JobPool(handshakeThreads(config), contexts.size() * entrances.size());
        for (Entrance entrance : entrances) {
            this.entrances.add(open(entrance, contexts.getFirst()));
        }
        for (int i = 0; i < contexts.size(); i++) {
            loops.add(loop(config, contexts.get(i), i));
        }
    }

    private OpenEntrance open(Entrance entrance, ContextInternal context) {
        return switch (entrance) {
            case Entrance.Datagrams datagrams -> new DatagramEntrance(datagrams, context, drops);
            case Entrance.Memory memory -> new MemoryEntrance(memory);
            case Entrance.Streams streams ->
                    new StreamEntrance(streams, context, jobs.tlsTasks(), drops);
        };
    }

    /**
     * Starts a gateway.
     *
     * @param vertx clustered, or alone in {@code dev}; with the native transport unless configured
     *     otherwise
     * @param directory where it makes itself known, and learns of nodes
     * @param entrances how clients come in; at least one
     * @param health gets the condition {@code gateway}: sockets bound, and announced
     * @param stats gets the section {@code gateway}: {@link GatewayStats}
     * @return completed when clients can connect and the cluster knows it; failed with a {@code
     *     StartFailure}, nothing left behind, when it cannot listen, or shares no key with the
     *     gateways that are there
     */
    public static Future<GatewayProcess> start(
            GatewayConfig config,
            Vertx vertx,
            Directory directory,
            List<Entrance> entrances,
            HealthChecks health,
            StatsRegistry stats) {
        List<ContextInternal> contexts = EventLoops.contexts(vertx, config);
        var gateway =
                new GatewayProcess(config, directory, entrances, contexts, health.add("gateway"));
        Future<Void> warm = vertx.executeBlocking(() -> warmUp(entrances));
        return gateway.open(warm)
                .map(
                        open -> {
                            stats.register("gateway", gateway::stats);
                            return gateway;
                        })
                .recover(
                        failure ->
                                gateway.abandon().transform(done -> Future.failedFuture(failure)));
    }

    private static @Nullable Void warmUp(List<Entrance> entrances) {
        var warm = new HashSet<String>();
        for (Entrance entrance : entrances) {
            // Entrances share their crypto, and it is warm once one of them has used it.
            if (warm.add(entrance.endpoints().crypto())) {
                entrance.endpoints().warmUp();
            }
        }
        return null;
    }

    private static ProcessRecord record(GatewayConfig config, int lanes) {
        return new ProcessRecord(
                config.processId(),
                Role.GATEWAY,
                config.name(),
                lanes,
                config.version(),
                config.keyIds());
    }

    private static int handshakeThreads(GatewayConfig config) {
        return config.handshakeThreads() == 0
                ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2)
                : config.handshakeThreads();
    }

    private GatewayLoop loop(GatewayConfig config, ContextInternal context, int index) {
        var random = new SecureRandom();
        var pool = new BytePool(MAX_POOLED_BYTES);
        var lane = new GatewayLane(self, index, config.lane(), random, drops, pool);
        var sessions = new SessionLoop(context.nettyEventLoop(), clock, jobs);
        var parts =
                new EndpointFactory.Parts(
                        index, self.lanes(), lane, drops, pool, random, clock.epochAtZeroNs());
        entrances.forEach(e -> e.addLoop(context.nettyEventLoop(), sessions, parts));
        return new GatewayLoop(context, lane, sessions, clock);
    }

    /** Lanes first, since what comes by a socket is sent by them; the cluster hears last. */
    private Future<Void> open(Future<Void> warm) {
        List<Future<Void>> prepared = new ArrayList<>(List.of(warm));
        for (int i = 0; i < loops.size(); i++) {
            prepared.add(loops.get(i).open(self.laneAddress(i)));
        }
        return Future.join(prepared)
                .compose(done -> keyCheck.beforeAnnouncing())
                .compose(alike -> join(entrances.stream().map(OpenEntrance::open).toList()))
                .compose(
                        bound -> {
                            directory.announce(self);
                            return keyCheck.afterAnnouncing();
                        })
                .map(
                        alike -> {
                            serve();
                            return null;
                        });
    }

    private void serve() {
        directory.listen(new NewsForLoops());
        ready.met();
        for (Listener listener : listeners()) {
            LOG.info(
                    "Gateway {}: {} listens on {} over {}",
                    self.name(),
                    listener.name(),
                    listener.where(),
                    transport.text());
        }
    }

    /**
     * Stops: every client gets its dialect's goodbye, every node hears that the connections are
     * over, the cluster that the gateway is gone, and sockets and lanes are closed. Harmless when
     * repeated.
     */
    public Future<Void> stop() {
        ready.unmet("stopping");
        return join(loops.stream().map(l -> l.sayGoodbye(CloseReason.GATEWAY_STOPPING)).toList())
                .transform(said -> abandon());
    }

    /** Leaves the cluster, then the network. */
    private Future<Void> abandon() {
        directory.withdraw();
        return close();
    }

    private Future<Void> close() {
        jobs.close();
        return join(loops.stream().map(GatewayLoop::close).toList())
                .transform(
                        lanesClosed -> join(entrances.stream().map(OpenEntrance::close).toList()));
    }

    private static Future<Void> join(List<Future<Void>> futures) {
        return Future.join(futures).mapEmpty();
    }

    /** What the directory says about this process. */
    public ProcessRecord self() {
        return self;
    }

    /** Its listeners, in the order of its entrances, and what they count. */
    public List<Listener> listeners() {
        return entrances.stream().flatMap(entrance -> entrance.listeners().stream()).toList();
    }

    /** What it counts, for {@code /stats}. */
    public GatewayStats stats() {
        List<GatewayStats.Lane> lanes = loops.stream().map(GatewayLoop::stats).toList();
        return new GatewayStats(
                self.name(),
                Long.toHexString(self.processId()),
                crypto,
                transport.text(),
                lanes.stream().mapToInt(GatewayStats.Lane::sessions).sum(),
                lanes.stream().mapToInt(GatewayStats.Lane::handshakes).sum(),
                drops.byKey(),
                listenersByName(),
                jobs.stats(),
                lanes);
    }

    private Map<String, ListenerStats> listenersByName() {
        var byName = new LinkedHashMap<String, ListenerStats>();
        listeners().forEach(listener -> byName.put(listener.name(), listener.stats()));
        return byName;
    }

    /** Hands what the directory says to each lane, on its loop. */
    private final class NewsForLoops implements DirectoryListener {
        @Override
        public void onUp(ProcessRecord process) {
            loops.forEach(loop -> loop.onProcessUp(process));
        }

        @Override
        public void onDown(ProcessRecord process) {
            loops.forEach(loop -> loop.onProcessDown(process));
        }
    }
}

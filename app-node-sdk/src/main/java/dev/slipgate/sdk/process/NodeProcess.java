package dev.slipgate.sdk.process;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.node.NodeLoad;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A node: an app, and a lane per event loop that brings it connections. It uses the Vert.x and the
 * directory that it is given, and closes neither. Thread-safe.
 */
public final class NodeProcess {
    private static final LongSupplier CLOCK = System::nanoTime;

    private final NodeConfig config;
    private final Vertx vertx;
    private final Directory directory;
    private final ProcessRecord self;
    private final LiveNode node;
    private final AppHandler handler;
    private final HandlerThreads threads = new HandlerThreads();
    private final NodeLoad load = new NodeLoad();
    private final DropCounter drops = new DropCounter();
    private final Ticker ticker;
    private final TickLoop tickLoop;
    private final List<NodeLoop> loops;
    private final NodeStop stop;
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Promise<Void> stopped = Promise.promise();

    private NodeProcess(NodeConfig config, App app, Vertx vertx, Directory directory) {
        this.config = config;
        this.vertx = vertx;
        this.directory = directory;
        this.self =
                new ProcessRecord(
                        config.processId(),
                        Role.NODE,
                        config.name(),
                        config.lanes(),
                        config.version());
        this.node = new LiveNode(config.name());
        this.handler = new AppHandler(app, node);
        this.ticker =
                new Ticker(
                        config.tickMs() * 1_000_000L,
                        nowNs -> app.onTick(node, nowNs),
                        threads,
                        CLOCK.getAsLong());
        this.tickLoop = new TickLoop(ticker, CLOCK);
        var parts = new NodeLoop.Parts(self, config.lane(), load, handler, threads, drops, CLOCK);
        this.loops =
                IntStream.range(0, config.lanes()).mapToObj(i -> new NodeLoop(parts, i)).toList();
        this.stop = new NodeStop(vertx, node, threads, load, loops);
    }

    /**
     * Starts a node: its lanes listen before it is announced.
     *
     * @return completed when the node is in the directory; failed when a lane could not listen
     */
    public static Future<NodeProcess> start(
            NodeConfig config, App app, Vertx vertx, Directory directory) {
        var process = new NodeProcess(config, app, vertx, directory);
        return process.start().map(process);
    }

    /** Vert.x deals its event loops out in turn, so that each lane gets one of its own. */
    private Future<Void> start() {
        return Future.join(loops.stream().map(this::deploy).toList())
                .compose(lanes -> vertx.executeBlocking(this::join))
                .compose(joined -> deploy(tickLoop))
                .<Void>mapEmpty()
                .recover(failure -> leave().transform(left -> Future.failedFuture(failure)));
    }

    private Future<Void> deploy(VerticleBase verticle) {
        return vertx.deployVerticle(verticle).onSuccess(deployments::add).mapEmpty();
    }

    /** On a worker: a directory may ask the cluster. */
    private ProcessRecord join() {
        directory.listen(new LoopsListener(loops));
        directory.announce(self);
        return self;
    }

    /** What the directory says about this life of this node. */
    public ProcessRecord self() {
        return self;
    }

    /** The node as its app sees it. */
    public Node node() {
        return node;
    }

    /** Whether gateways may place new connections here. */
    public boolean accepting() {
        return load.accepting();
    }

    /** What the node counts and holds now. */
    public NodeStats stats() {
        return new NodeStats(
                self.name(),
                Long.toHexString(self.processId()),
                handler.appName(),
                load.connections(),
                threads.running(),
                handler.failures(),
                ticker.ticks(),
                ticker.skipped(),
                ticker.failures(),
                loops.stream().map(NodeLoop::stats).toList(),
                drops.byKey());
    }

    /**
     * Stops the node: it takes no new connections, closes those that it has so that {@code
     * onDisconnect} runs for each, leaves the directory, and closes its lanes. Handlers that are
     * not over after the configured time are interrupted.
     */
    public Future<Void> stop() {
        if (stopping.compareAndSet(false, true)) {
            tickLoop.halt();
            stop.closeConnections(config.stopTimeoutMs())
                    .eventually(this::leave)
                    .onComplete(stopped);
        }
        return stopped.future();
    }

    private Future<Void> leave() {
        threads.interruptAll();
        return vertx.executeBlocking(this::withdraw)
                .eventually(() -> Future.join(deployments.stream().map(vertx::undeploy).toList()))
                .mapEmpty();
    }

    private ProcessRecord withdraw() {
        directory.withdraw();
        return self;
    }

    /** Hands directory news on to the loops. */
    private record LoopsListener(List<NodeLoop> loops) implements DirectoryListener {
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

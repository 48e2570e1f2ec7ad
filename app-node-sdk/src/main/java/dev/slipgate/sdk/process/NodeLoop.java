package dev.slipgate.sdk.process;

import dev.slipgate.fabric.bus.BusLane;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.node.ConnectionHandler;
import dev.slipgate.fabric.node.NodeLane;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.fabric.node.NodeLaneStats;
import dev.slipgate.fabric.node.NodeLoad;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.memory.BytePool;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of a node: its lane, the lane's place on the bus, and what crosses into the loop
 * from other threads. Batches enter at {@link BusLane}; handlers run on the executor.
 */
final class NodeLoop extends VerticleBase {
    /** Handlers make the arrays of what they send; none is taken back for reuse. */
    private static final long POOL_BYTES = 0;

    private final Parts parts;
    private final int index;
    private @Nullable NodeLane lane;
    private @Nullable BusLane bus;

    /** What the loops of a node share. */
    record Parts(
            ProcessRecord self,
            NodeLaneConfig config,
            NodeLoad load,
            ConnectionHandler handler,
            Executor handlers,
            DropCounter drops,
            LongSupplier nanoClock) {}

    NodeLoop(Parts parts, int index) {
        this.parts = parts;
        this.index = index;
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        lane =
                new NodeLane(
                        parts.self,
                        index,
                        parts.config,
                        parts.load,
                        parts.handler,
                        parts.handlers,
                        new Wakeup(context, this::onWakeup),
                        parts.drops,
                        new BytePool(POOL_BYTES));
    }

    @Override
    public Future<?> start() {
        return BusLane.open(
                        vertx,
                        parts.self.laneAddress(index),
                        lane(),
                        parts.nanoClock,
                        NodeLoop::nothingElseToDrive)
                .onSuccess(opened -> bus = opened);
    }

    /** A node's lane speaks to the bus alone; a gateway's also to its sessions. */
    private static void nothingElseToDrive() {}

    @Override
    public Future<?> stop() {
        return bus().close();
    }

    /** Any thread. */
    void onProcessUp(ProcessRecord process) {
        feed(nowNs -> lane().onProcessUp(process, nowNs));
    }

    /** Any thread. */
    void onProcessDown(ProcessRecord process) {
        feed(nowNs -> lane().onProcessDown(process, nowNs));
    }

    /** Closes all connections of this loop; any thread. */
    Future<Void> close(CloseReason reason) {
        return feed(nowNs -> lane().close(reason, nowNs));
    }

    /** Sends what handlers have left behind; any thread. */
    Future<Void> drain() {
        return feed(nowNs -> lane().onWakeup(nowNs));
    }

    /** Any thread. */
    NodeLaneStats stats() {
        return lane().stats();
    }

    private void onWakeup() {
        lane().onWakeup(parts.nanoClock.getAsLong());
        bus().flush();
    }

    private Future<Void> feed(Input input) {
        return Future.future(
                done ->
                        context.runOnContext(
                                ignored -> {
                                    input.at(parts.nanoClock.getAsLong());
                                    bus().flush();
                                    done.complete();
                                }));
    }

    private NodeLane lane() {
        return Objects.requireNonNull(lane, "deployed");
    }

    private BusLane bus() {
        return Objects.requireNonNull(bus, "started");
    }

    @FunctionalInterface
    private interface Input {
        void at(long nowNs);
    }
}

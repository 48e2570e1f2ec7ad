package dev.slipgate.sdk.process;

import dev.slipgate.fabric.node.NodeLoad;
import dev.slipgate.protocol.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a node lets go of its connections: told to close them, it waits for their last hooks. */
final class NodeStop {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStop.class);
    private static final long LOOK_EVERY_MS = 5;

    private final Vertx vertx;
    private final LiveNode node;
    private final HandlerThreads threads;
    private final NodeLoad load;
    private final List<NodeLoop> loops;

    NodeStop(
            Vertx vertx,
            LiveNode node,
            HandlerThreads threads,
            NodeLoad load,
            List<NodeLoop> loops) {
        this.vertx = vertx;
        this.node = node;
        this.threads = threads;
        this.load = load;
        this.loops = loops;
    }

    /**
     * Closes all connections, lets their handlers finish, and sends what these left behind.
     *
     * @param timeoutMs how long handlers may take before they are interrupted
     */
    Future<Void> closeConnections(long timeoutMs) {
        load.accepting(false);
        return onEach(loop -> loop.close(CloseReason.NODE_STOPPING))
                .compose(closed -> handlersOver(timeoutMs))
                .compose(over -> onEach(NodeLoop::drain));
    }

    private Future<Void> onEach(Function<NodeLoop, Future<Void>> step) {
        return Future.join(loops.stream().map(step).toList()).mapEmpty();
    }

    private Future<Void> handlersOver(long timeoutMs) {
        Promise<Void> over = Promise.promise();
        look(over, System.nanoTime() + timeoutMs * 1_000_000L);
        return over.future();
    }

    /** Looks again and again: there is no single event, since handlers end on threads of theirs. */
    private void look(Promise<Void> over, long deadlineNs) {
        if (threads.running() == 0 && node.connections().isEmpty()) {
            over.complete();
        } else if (System.nanoTime() - deadlineNs >= 0) {
            LOG.warn("{} handlers are interrupted: they were not over in time", threads.running());
            threads.interruptAll();
            over.complete();
        } else {
            vertx.setTimer(LOOK_EVERY_MS, id -> look(over, deadlineNs));
        }
    }
}

package dev.slipgate.gateway;

import dev.slipgate.fabric.bus.BusLane;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.gateway.GatewayLane;
import dev.slipgate.gateway.loop.SessionLoop;
import dev.slipgate.protocol.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of a gateway: its endpoints, its share of the connections, and its lane on the
 * bus. Methods may be called on any thread and work on the loop.
 */
final class GatewayLoop {
    private final ContextInternal context;
    private final GatewayLane lane;
    private final SessionLoop sessions;
    private final LongSupplier clock;
    private volatile @Nullable BusLane bus;
    private boolean closed;

    GatewayLoop(
            ContextInternal context, GatewayLane lane, SessionLoop sessions, LongSupplier clock) {
        this.context = context;
        this.lane = lane;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Opens the lane at its address. */
    Future<Void> open(String address) {
        Promise<BusLane> opened = Promise.promise();
        context.runOnContext(
                unused ->
                        BusLane.open(context.owner(), address, lane, clock, sessions::onBusInput)
                                .onComplete(opened));
        return opened.future()
                .map(
                        open -> {
                            bus = open;
                            sessions.flushBusBy(open::flush);
                            return null;
                        });
    }

    void onProcessUp(ProcessRecord process) {
        feed(() -> lane.onProcessUp(process, clock.getAsLong()));
    }

    void onProcessDown(ProcessRecord process) {
        feed(() -> lane.onProcessDown(process, clock.getAsLong()));
    }

    private void feed(Runnable input) {
        context.runOnContext(
                unused -> {
                    if (!closed) {
                        input.run();
                        sessions.onInput();
                    }
                });
    }

    /** Closes all sessions and connections, and hands their goodbyes to socket and bus. */
    Future<Void> sayGoodbye(CloseReason reason) {
        return Future.future(
                done ->
                        context.runOnContext(
                                unused -> {
                                    if (!closed) {
                                        closed = true;
                                        lane.close(reason, clock.getAsLong());
                                        sessions.close(reason);
                                    }
                                    done.complete();
                                }));
    }

    /** Takes the lane off the bus. */
    Future<Void> close() {
        BusLane open = bus;
        return open == null ? Future.succeededFuture() : open.close();
    }

    GatewayStats.Lane stats() {
        return new GatewayStats.Lane(
                sessions.sessionCount(),
                sessions.handshakeCount(),
                lane.stats(),
                Objects.requireNonNull(bus).stats());
    }
}

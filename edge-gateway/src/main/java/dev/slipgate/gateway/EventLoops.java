package dev.slipgate.gateway;

import dev.slipgate.gateway.carrier.Transport;
import dev.slipgate.runtime.lifecycle.StartFailure;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;

/** Picks the event loops that a gateway works on. */
final class EventLoops {
    private EventLoops() {}

    /**
     * A context on each of as many event loops as configured, or as there are.
     *
     * @throws StartFailure when they lack the native transport that is required
     */
    static List<ContextInternal> contexts(Vertx vertx, GatewayConfig config) {
        var internal = (VertxInternal) vertx;
        int wanted =
                config.eventLoops() == 0
                        ? Runtime.getRuntime().availableProcessors()
                        : config.eventLoops();
        List<ContextInternal> contexts = new ArrayList<>();
        for (EventExecutor loop : internal.nettyEventLoopGroup()) {
            if (contexts.size() < wanted) {
                contexts.add(context(internal, (EventLoop) loop));
            }
        }
        if (config.epollRequired()
                && Transport.of(contexts.getFirst().nettyEventLoop()) != Transport.EPOLL) {
            throw noEpoll();
        }
        return contexts;
    }

    private static ContextInternal context(VertxInternal vertx, EventLoop loop) {
        return vertx.contextBuilder()
                .withThreadingModel(ThreadingModel.EVENT_LOOP)
                .withEventLoop(loop)
                .build();
    }

    private static StartFailure noEpoll() {
        Throwable cause = Epoll.unavailabilityCause();
        return new StartFailure(
                "epoll does not load on this machine"
                        + (cause == null ? "" : " (" + cause.getMessage() + ")"),
                "set gateway.transport to auto or nio");
    }
}

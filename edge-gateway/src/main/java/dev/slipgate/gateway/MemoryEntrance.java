package dev.slipgate.gateway;

import dev.slipgate.gateway.loop.SessionLoop;
import dev.slipgate.gateway.memory.MemoryListener;
import dev.slipgate.runtime.lifecycle.StartFailure;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import java.util.List;

/** A name in a network within the process, and its endpoints on the loops. */
final class MemoryEntrance implements OpenEntrance {
    private final Entrance.Memory config;
    private final MemoryListener listener;

    MemoryEntrance(Entrance.Memory config) {
        this.config = config;
        this.listener = new MemoryListener(config.network(), config.place(), config.mode());
    }

    @Override
    public void addLoop(EventLoop loop, SessionLoop sessions, EndpointFactory.Parts parts) {
        sessions.add(
                config.endpoints().create(parts),
                config.mode().maxPacketBytes(),
                sink -> listener.addLoop(loop, sink));
    }

    @Override
    public Future<Void> open() {
        try {
            listener.start(config.gatewayKey());
            return Future.succeededFuture();
        } catch (IllegalStateException taken) {
            return Future.failedFuture(
                    new StartFailure(
                            String.valueOf(taken.getMessage()),
                            "stop the other gateway of this process, or set gateway.name"));
        }
    }

    /** None: whoever is outside of the process cannot come this way. */
    @Override
    public List<Listener> listeners() {
        return List.of();
    }

    @Override
    public Future<Void> close() {
        listener.close();
        return Future.succeededFuture();
    }
}

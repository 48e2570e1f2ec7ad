package dev.slipgate.gateway;

import dev.slipgate.gateway.loop.EndpointCounts;
import dev.slipgate.gateway.loop.SessionLoop;
import dev.slipgate.gateway.memory.MemoryListener;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A name for clients in the same process, and its endpoints on the loops. */
final class MemoryEntrance implements OpenEntrance {
    private final Entrance.Memory config;
    private final MemoryListener listener;
    private final List<EndpointCounts> endpoints = new ArrayList<>();

    MemoryEntrance(Entrance.Memory config) {
        this.config = config;
        this.listener = new MemoryListener(config.network(), config.name(), config.mode());
    }

    @Override
    public void addLoop(EventLoop loop, SessionLoop sessions, EndpointFactory.Parts parts) {
        endpoints.add(
                sessions.add(
                        config.endpoints().create(parts),
                        config.mode().maxPacketBytes(),
                        sink -> listener.addLoop(loop, sink)));
    }

    @Override
    public Future<Void> open() {
        try {
            listener.start(config.publicKey());
            return Future.succeededFuture();
        } catch (IllegalStateException taken) {
            return Future.failedFuture(taken);
        }
    }

    @Override
    public List<Listener> listeners() {
        int sessions = endpoints.stream().mapToInt(EndpointCounts::sessions).sum();
        String name = "mem-" + config.mode().name().toLowerCase(Locale.ROOT);
        return List.of(
                new Listener(name, "memory", List.of(), new ListenerStats(sessions, null, null)));
    }

    @Override
    public Future<Void> close() {
        listener.close();
        return Future.succeededFuture();
    }
}

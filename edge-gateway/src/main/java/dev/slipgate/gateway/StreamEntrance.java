package dev.slipgate.gateway;

import dev.slipgate.gateway.loop.SessionLoop;
import dev.slipgate.gateway.stream.StreamListeners;
import dev.slipgate.gateway.stream.StreamSessions;
import dev.slipgate.protocol.DropCounter;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.Executor;

/** Ports for streams, and their endpoints on the loops. */
final class StreamEntrance implements OpenEntrance {
    private final Entrance.Streams config;
    private final StreamListeners listeners;

    StreamEntrance(
            Entrance.Streams config,
            ContextInternal context,
            Executor tlsTasks,
            DropCounter drops) {
        this.config = config;
        this.listeners =
                new StreamListeners(context, config.ports(), config.options(), tlsTasks, drops);
    }

    @Override
    public void addLoop(EventLoop loop, SessionLoop sessions, EndpointFactory.Parts parts) {
        var heard = parts.withListener(new StreamSessions(parts.listener()));
        sessions.add(
                config.endpoints().create(heard),
                config.options().maxPacketBytes(),
                sink -> listeners.addLoop(loop, sink));
    }

    @Override
    public Future<Void> open() {
        return listeners.start();
    }

    @Override
    public List<Listener> listeners() {
        return listeners.ports().stream()
                .map(
                        port ->
                                new Listener(
                                        port.kind().scheme(),
                                        "TCP",
                                        port.addresses(),
                                        new ListenerStats(port.sessions(), null, port.stats())))
                .toList();
    }

    @Override
    public Future<Void> close() {
        return listeners.close();
    }
}

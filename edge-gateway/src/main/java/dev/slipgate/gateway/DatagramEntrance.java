package dev.slipgate.gateway;

import dev.slipgate.gateway.loop.EndpointCounts;
import dev.slipgate.gateway.loop.SessionLoop;
import dev.slipgate.gateway.udp.UdpListener;
import dev.slipgate.protocol.DropCounter;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A UDP port, and its endpoints on the loops. */
final class DatagramEntrance implements OpenEntrance {
    private final Entrance.Datagrams config;
    private final UdpListener listener;
    private final List<EndpointCounts> endpoints = new ArrayList<>();
    private volatile List<InetSocketAddress> addresses = List.of();

    DatagramEntrance(Entrance.Datagrams config, ContextInternal context, DropCounter drops) {
        this.config = config;
        this.listener =
                new UdpListener(
                        context,
                        config.listen(),
                        config.options(),
                        config.endpoints()::loopOf,
                        drops);
    }

    @Override
    public void addLoop(EventLoop loop, SessionLoop sessions, EndpointFactory.Parts parts) {
        endpoints.add(
                sessions.add(
                        config.endpoints().create(parts),
                        config.options().maxDatagramBytes(),
                        sink -> listener.addLoop(loop, sink)));
    }

    @Override
    public Future<Void> open() {
        return listener.start()
                .map(
                        bound -> {
                            addresses = bound;
                            return null;
                        });
    }

    @Override
    public List<Listener> listeners() {
        int sessions = endpoints.stream().mapToInt(EndpointCounts::sessions).sum();
        var stats = new ListenerStats(sessions, listener.counters().snapshot(), null);
        return List.of(new Listener(config.name(), "UDP", addresses, stats));
    }

    @Override
    public Future<Void> close() {
        return listener.close();
    }
}

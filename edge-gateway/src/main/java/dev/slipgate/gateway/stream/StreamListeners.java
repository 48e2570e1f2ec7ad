package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.DropCounter;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The ports for streams that a gateway serves: on every event loop, the connections of all of them
 * lead to one endpoint. Its state is confined to the context it is made with.
 */
public final class StreamListeners {
    private final ContextInternal context;
    private final StreamOptions options;
    private final DropCounter drops;
    private final List<StreamCarrier> carriers = new ArrayList<>();
    private final List<Opened> listeners = new ArrayList<>();

    /** A listener and its sockets. */
    private static final class Opened {
        private final StreamListener listener;
        private final ListeningSockets sockets;
        private volatile List<InetSocketAddress> addresses = List.of();

        private Opened(StreamListener listener, ListeningSockets sockets) {
            this.listener = listener;
            this.sockets = sockets;
        }
    }

    /**
     * What a port is doing.
     *
     * @param kind what is spoken there
     * @param addresses where it listens; empty before {@link #start} has completed
     * @param sessions that were proven over its connections and live
     * @param stats what it counts
     */
    public record Port(
            StreamKind kind, List<InetSocketAddress> addresses, long sessions, StreamStats stats) {}

    /**
     * @param ports at least one
     * @param tlsTasks where the costly part of TLS handshakes runs
     * @param drops counts streams that break their framing
     */
    public StreamListeners(
            ContextInternal context,
            List<StreamPort> ports,
            StreamOptions options,
            Executor tlsTasks,
            DropCounter drops) {
        this.context = context;
        this.options = options;
        this.drops = drops;
        var caps = new ConnectionCaps(options.maxConnections(), options.maxConnectionsPerHost());
        for (StreamPort port : ports) {
            var listener = new StreamListener(port, options, caps, tlsTasks, carriers);
            var sockets = new ListeningSockets(context, port.listen(), listener::onAccepted);
            listeners.add(new Opened(listener, sockets));
        }
    }

    /** Gives an event loop its carrier; before {@link #start}. */
    public PacketCarrier addLoop(EventLoop loop, PacketSink sink) {
        var carrier = new StreamCarrier(loop, options, sink, drops);
        carriers.add(carrier);
        return carrier;
    }

    /**
     * Binds; any thread. When it fails, with a {@code StartFailure}, nothing stays bound.
     *
     * @return completed on the context
     */
    public Future<Void> start() {
        Future<Void> opened = context.succeededFuture();
        for (Opened each : listeners) {
            opened =
                    opened.compose(before -> each.sockets.open())
                            .map(
                                    addresses -> {
                                        each.addresses = List.copyOf(addresses);
                                        return null;
                                    });
        }
        return opened.recover(failure -> close().transform(done -> Future.failedFuture(failure)));
    }

    /** What each port is doing, in the order given; any thread. */
    public List<Port> ports() {
        return listeners.stream()
                .map(
                        each ->
                                new Port(
                                        each.listener.port().kind(),
                                        each.addresses,
                                        each.listener.counters().sessions.sum(),
                                        each.listener.counters().snapshot()))
                .toList();
    }

    /**
     * Closes all ports, then all connections, once what was flushed has left, or after some
     * seconds; any thread, harmless when repeated.
     */
    public Future<Void> close() {
        return Future.<Void>future(
                        done -> context.runOnContext(unused -> closeSockets().onComplete(done)))
                .compose(closed -> all(carriers.stream().map(StreamCarrier::close).toList()));
    }

    private Future<Void> closeSockets() {
        return all(listeners.stream().map(each -> each.sockets.close()).toList());
    }

    private static Future<Void> all(List<Future<Void>> futures) {
        return Future.join(futures).mapEmpty();
    }
}

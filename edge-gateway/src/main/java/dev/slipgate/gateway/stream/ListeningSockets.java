package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.carrier.Transport;
import dev.slipgate.runtime.lifecycle.StartFailure;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The listening sockets of one TCP port: one on a wildcard, since an accepted connection answers
 * from the address that was asked by itself, else one per address. Confined to its context.
 */
final class ListeningSockets {
    /** Connections that wait to be accepted; the kernel may allow fewer. */
    private static final int BACKLOG = 1024;

    private static final String ANY_IPV4 = "0.0.0.0";

    private final ContextInternal context;
    private final ListenSpec spec;
    private final Consumer<Channel> onAccepted;
    private final List<Channel> sockets = new ArrayList<>();
    private int port;

    ListeningSockets(ContextInternal context, ListenSpec spec, Consumer<Channel> onAccepted) {
        this.context = context;
        this.spec = spec;
        this.onAccepted = onAccepted;
        this.port = spec.port();
    }

    /**
     * Binds; fails with a {@link StartFailure}.
     *
     * @return where it listens
     */
    Future<List<InetSocketAddress>> open() {
        return context.<List<InetAddress>>executeBlocking(this::addresses)
                .recover(unknown -> Future.failedFuture(noAddress()))
                .compose(this::bindFrom);
    }

    private List<InetAddress> addresses() throws Exception {
        return switch (spec.host()) {
            case "*", "::", "[::]" -> List.of(new InetSocketAddress(0).getAddress());
            case ANY_IPV4 -> List.of(InetAddress.ofLiteral(ANY_IPV4));
            default -> List.copyOf(spec.addresses().now());
        };
    }

    /** One after the other, so that a free port of the first is that of all. */
    private Future<List<InetSocketAddress>> bindFrom(List<InetAddress> addresses) {
        Future<List<InetSocketAddress>> bound = Future.succeededFuture(new ArrayList<>());
        for (InetAddress address : addresses) {
            bound =
                    bound.compose(
                            before ->
                                    bind(address)
                                            .map(
                                                    local -> {
                                                        before.add(local);
                                                        return before;
                                                    }));
        }
        return bound;
    }

    private Future<InetSocketAddress> bind(InetAddress address) {
        Promise<InetSocketAddress> bound = context.promise();
        ChannelFuture binding = bootstrap(address).bind(new InetSocketAddress(address, port));
        binding.addListener(
                done -> {
                    if (done.isSuccess()) {
                        var local = (InetSocketAddress) binding.channel().localAddress();
                        sockets.add(binding.channel());
                        port = local.getPort();
                        bound.complete(local);
                    } else {
                        bound.fail(inUse(address));
                    }
                });
        return bound.future();
    }

    /** Not a server's bootstrap: that would deal the connections out to loops of its choice. */
    private Bootstrap bootstrap(InetAddress address) {
        EventLoop loop = context.nettyEventLoop();
        boolean epoll = Transport.of(loop) == Transport.EPOLL;
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> epoll ? epollSocket(address) : nioSocket(address))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new Acceptor(onAccepted));
    }

    private ServerChannel epollSocket(InetAddress address) {
        return bothFamilies()
                ? new EpollServerSocketChannel()
                : new EpollServerSocketChannel(family(address));
    }

    private ServerChannel nioSocket(InetAddress address) {
        return bothFamilies()
                ? new NioServerSocketChannel()
                : new NioServerSocketChannel(SelectorProvider.provider(), family(address));
    }

    private boolean bothFamilies() {
        return spec.wildcard() && !spec.host().equals(ANY_IPV4);
    }

    private static SocketProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address
                ? SocketProtocolFamily.INET6
                : SocketProtocolFamily.INET;
    }

    private StartFailure inUse(InetAddress address) {
        return new StartFailure(
                "TCP port %d of %s is in use or not allowed"
                        .formatted(port, spec.wildcard() ? spec.host() : address.getHostAddress()),
                "stop the process that has it, or set " + spec.key() + " to a free port");
    }

    private StartFailure noAddress() {
        return new StartFailure(
                spec.host() + " is no address of this machine",
                "listen on one that is, or on * for all of them");
    }

    int port() {
        return port;
    }

    Future<Void> close() {
        List<Future<Void>> each = new ArrayList<>();
        for (Channel socket : sockets) {
            Promise<Void> closed = Promise.promise();
            socket.close().addListener(done -> closed.complete());
            each.add(closed.future());
        }
        sockets.clear();
        return Future.join(each).mapEmpty();
    }
}

package dev.slipgate.fabric.bus;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A transport of Vert.x whose TCP server channels carry a {@link BusTap}; all else is the
 * original's. Only for a Vert.x whose one TCP server is its event bus.
 */
public final class TappedTransport implements Transport {
    private final Transport original;
    private final BusTap tap = new BusTap();

    private TappedTransport(Transport original) {
        this.original = original;
    }

    /** The given transport with a tap of its own. */
    public static io.vertx.core.transport.Transport over(
            io.vertx.core.transport.Transport transport) {
        var tapped = new TappedTransport(transport.implementation());
        return new io.vertx.core.transport.Transport() {
            @Override
            public String name() {
                return transport.name();
            }

            @Override
            public boolean available() {
                return transport.available();
            }

            @Override
            public @Nullable Throwable unavailabilityCause() {
                return transport.unavailabilityCause();
            }

            @Override
            public Transport implementation() {
                return tapped;
            }
        };
    }

    BusTap tap() {
        return tap;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        ChannelFactory<? extends ServerChannel> channels =
                original.serverChannelFactory(domainSocket);
        return () -> {
            ServerChannel server = channels.newChannel();
            tap.install(server);
            return server;
        };
    }

    @Override
    public boolean supportsDomainSockets() {
        return original.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return original.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return original.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return original.unavailabilityCause();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return original.convert(address);
    }

    @Override
    public io.vertx.core.net.@Nullable SocketAddress convert(SocketAddress address) {
        return original.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return original.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(
            int type, int threads, ThreadFactory threadFactory, int ioRatio) {
        return original.eventLoopGroup(type, threads, threadFactory, ioRatio);
    }

    // The parameter's type is Netty's old one, and Vert.x's interface still has it.
    @SuppressWarnings("deprecation")
    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return original.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return original.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return original.channelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        original.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        original.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        original.configure(config, domainSocket, bootstrap);
    }
}

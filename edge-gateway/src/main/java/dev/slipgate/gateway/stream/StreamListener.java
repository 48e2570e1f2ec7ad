package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.HostKey;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One port for streams: takes connections in, within the caps, and deals them out to the event
 * loops in turn. Dealt out by one loop rather than by the kernel over shared ports, since streams
 * stay where they are put: few connections are spread evenly too, and no loop's queue of accepted
 * ones is lost at a stop. Confined to the loop of its sockets, but for its counters.
 */
final class StreamListener {
    private final StreamPort port;
    private final StreamOptions options;
    private final ConnectionCaps caps;
    private final Executor tlsTasks;
    private final List<StreamCarrier> carriers;
    private final StreamCounters counters = new StreamCounters();
    private int next;

    /**
     * @param carriers one per loop
     * @param tlsTasks where the costly part of TLS handshakes runs
     */
    StreamListener(
            StreamPort port,
            StreamOptions options,
            ConnectionCaps caps,
            Executor tlsTasks,
            List<StreamCarrier> carriers) {
        this.port = port;
        this.options = options;
        this.caps = caps;
        this.tlsTasks = tlsTasks;
        this.carriers = carriers;
    }

    StreamPort port() {
        return port;
    }

    StreamCounters counters() {
        return counters;
    }

    /** Takes a connection, or closes it. */
    void onAccepted(Channel channel) {
        var remote = (@Nullable InetSocketAddress) channel.remoteAddress();
        if (remote == null) {
            channel.unsafe().closeForcibly(); // It is gone already.
            return;
        }
        Object host = HostKey.of(remote.getAddress());
        switch (caps.tryTake(host)) {
            case TAKEN -> take(channel, remote, host);
            case TOO_MANY -> {
                counters.refusedByCap.increment();
                channel.unsafe().closeForcibly();
            }
            case TOO_MANY_OF_HOST -> {
                counters.refusedByHostCap.increment();
                channel.unsafe().closeForcibly();
            }
        }
    }

    private void take(Channel channel, InetSocketAddress remote, Object host) {
        counters.accepted.increment();
        channel.closeFuture().addListener(closed -> caps.give(host));
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(
                                options.lowWaterBytes(), options.highWaterBytes()));
        StreamCarrier carrier = carriers.get(next);
        next = (next + 1) % carriers.size();
        channel.pipeline()
                .addLast(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel opened) {
                                fill(opened.pipeline(), carrier, remote);
                            }
                        });
        carrier.adopt(channel);
    }

    private void fill(ChannelPipeline pipeline, StreamCarrier carrier, InetSocketAddress remote) {
        boolean webSocket = port.kind().webSocket();
        var connection =
                new StreamConnection(
                        carrier,
                        counters,
                        options,
                        webSocket ? Framing.WEB_SOCKET : Framing.LENGTH_PREFIX,
                        remote);
        if (port.tls() != null) {
            SslHandler tls = port.tls().newHandler(pipeline.channel().alloc(), tlsTasks);
            tls.setHandshakeTimeoutMillis(options.provenWithinMs());
            pipeline.addLast(tls);
        }
        if (webSocket) {
            WebSocketGate.addTo(pipeline, counters, port.origins(), options);
            pipeline.addLast(new WebSocketFrames(connection, options));
        } else {
            pipeline.addLast(new LengthPrefixDecoder(connection, options.maxPacketBytes()));
        }
        pipeline.addLast(connection);
    }
}

package dev.slipgate.gateway.udp;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listener whose loops send every datagram back. */
final class EchoServer implements AutoCloseable {
    private final Vertx vertx;
    final UdpListener listener;
    final DropCounter drops = new DropCounter();
    final List<Echo> echoes = new ArrayList<>();
    List<InetSocketAddress> addresses = List.of();

    EchoServer(boolean nativeTransport, int loops, ListenSpec spec) {
        this(nativeTransport, loops, spec, UdpOptions.defaults());
    }

    EchoServer(boolean nativeTransport, int loops, ListenSpec spec, UdpOptions options) {
        this(nativeTransport, loops, spec, options, UdpListener.SCAN_INTERVAL_MS);
    }

    EchoServer(
            boolean nativeTransport,
            int loops,
            ListenSpec spec,
            UdpOptions options,
            long scanIntervalMs) {
        this(nativeTransport, loops, spec, options, scanIntervalMs, LoopRouter.NONE);
    }

    EchoServer(
            boolean nativeTransport,
            int loops,
            ListenSpec spec,
            UdpOptions options,
            long scanIntervalMs,
            LoopRouter router) {
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(nativeTransport)
                                .setEventLoopPoolSize(loops));
        var internal = (VertxInternal) vertx;
        ContextInternal context = internal.createEventLoopContext();
        listener = new UdpListener(context, spec, options, router, drops, scanIntervalMs);
        for (int i = 0; i < loops; i++) {
            ContextInternal loop = i == 0 ? context : internal.createEventLoopContext();
            var echo = new Echo(loop.nettyEventLoop());
            echo.carrier = listener.addLoop(loop.nettyEventLoop(), echo);
            echoes.add(echo);
        }
    }

    EchoServer start() {
        addresses = listener.start().await();
        return this;
    }

    int port() {
        return listener.port();
    }

    /** Its port at this address. */
    InetSocketAddress at(String host) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port());
    }

    @Override
    public void close() {
        listener.close().await();
        vertx.close().await();
    }

    /** One loop's echo, with what it has seen. */
    static final class Echo implements PacketSink {
        final AtomicInteger seen = new AtomicInteger();
        final AtomicInteger largestBurst = new AtomicInteger();
        volatile @Nullable PeerAddress lastPeer;
        volatile int copies = 1;
        private final EventLoop loop;
        private @Nullable PacketCarrier carrier;
        private final byte[] copy = new byte[65_535];
        private int burst;

        Echo(EventLoop loop) {
            this.loop = loop;
        }

        void onLoop(Runnable work) {
            loop.execute(work);
        }

        /** Sends to the peer that was last heard. */
        void sendFromLoop(byte[] bytes) {
            loop.execute(
                    () -> {
                        carrier.trySend(lastPeer, bytes, bytes.length);
                        carrier.flush();
                    });
        }

        @Override
        public void onPacket(PeerAddress peer, ByteBuffer datagram) {
            seen.incrementAndGet();
            lastPeer = peer;
            burst++;
            int length = datagram.remaining();
            datagram.get(copy, 0, length);
            for (int i = 0; i < copies; i++) {
                carrier.trySend(peer, copy, length);
            }
        }

        @Override
        public void onBurstEnd() {
            largestBurst.accumulateAndGet(burst, Math::max);
            burst = 0;
            carrier.flush();
        }
    }
}

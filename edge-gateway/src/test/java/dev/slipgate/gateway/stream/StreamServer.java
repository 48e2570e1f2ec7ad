package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.runtime.keys.CertificateFiles;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Listeners of all kinds on free ports of loopback, whose loops send every packet back. */
final class StreamServer implements AutoCloseable {
    static final StreamOptions OPTIONS = StreamOptions.defaults();

    private final Vertx vertx;
    private final ExecutorService tlsTasks = Executors.newSingleThreadExecutor();
    final DropCounter drops = new DropCounter();
    final StreamListeners listeners;
    final List<Echo> echoes = new ArrayList<>();

    /** One of each kind of stream. */
    StreamServer(boolean nativeTransport, CertificateFiles certificate) {
        this(
                nativeTransport,
                1,
                OPTIONS,
                Arrays.stream(StreamKind.values())
                        .map(kind -> port(kind, certificate, 0))
                        .toList());
    }

    /** One port without TLS. */
    StreamServer(int loops, StreamOptions options, StreamKind kind, String... origins) {
        this(
                true,
                loops,
                options,
                List.of(
                        new StreamPort(
                                kind, local(0), null, OriginCheck.allowing(List.of(origins)))));
    }

    StreamServer(
            boolean nativeTransport, int loops, StreamOptions options, List<StreamPort> ports) {
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(nativeTransport)
                                .setEventLoopPoolSize(loops));
        var internal = (VertxInternal) vertx;
        ContextInternal first = internal.createEventLoopContext();
        listeners = new StreamListeners(first, ports, options, tlsTasks, drops);
        for (int i = 0; i < loops; i++) {
            ContextInternal loop = i == 0 ? first : internal.createEventLoopContext();
            var echo = new Echo();
            echo.carrier = listeners.addLoop(loop.nettyEventLoop(), echo);
            echo.context = loop;
            echoes.add(echo);
        }
    }

    static StreamPort port(StreamKind kind, CertificateFiles certificate, int port) {
        SslContext tls =
                kind.sealed()
                        ? ServerTls.load(certificate.certificate(), certificate.privateKey())
                        : null;
        return new StreamPort(kind, local(port), tls, OriginCheck.allowing(List.of()));
    }

    static CertificateFiles certificate(Path directory) {
        CertificateFiles files = CertificateFiles.in(directory, "tls");
        files.createOnce();
        return files;
    }

    static ListenSpec local(int port) {
        return ListenSpec.of("127.0.0.1", port, "port");
    }

    StreamServer start() {
        listeners.start().await();
        return this;
    }

    /** Where the only port is, or the one of this kind. */
    InetSocketAddress at(StreamKind kind) {
        return listeners.ports().stream()
                .filter(port -> port.kind() == kind)
                .findFirst()
                .orElseThrow()
                .addresses()
                .getFirst();
    }

    StreamStats stats() {
        return listeners.ports().getFirst().stats();
    }

    long badStreams() {
        return drops.total(DropReason.BAD_STREAM);
    }

    Echo echo() {
        return echoes.getFirst();
    }

    @Override
    public void close() {
        listeners.close().await();
        vertx.close().await();
        tlsTasks.shutdownNow();
    }

    /** One loop's echo, with what it has seen. */
    static final class Echo implements PacketSink {
        final AtomicInteger seen = new AtomicInteger();
        final List<PeerAddress> gone = new CopyOnWriteArrayList<>();
        final List<Boolean> writable = new CopyOnWriteArrayList<>();
        volatile boolean mute;
        volatile @Nullable StreamConnection lastPeer;
        private @Nullable PacketCarrier carrier;
        private @Nullable ContextInternal context;

        /** Runs on the loop, and ends with a flush. */
        void onLoop(Runnable work) {
            context.runOnContext(
                    unused -> {
                        work.run();
                        carrier.flush();
                    });
        }

        /** To the peer that was last heard; on the loop. */
        boolean send(byte[] bytes) {
            return carrier.trySend(lastPeer, bytes, bytes.length);
        }

        /** Closes the stream to it; on the loop. */
        void end() {
            carrier.closeStream(lastPeer);
        }

        @Override
        public void onPacket(PeerAddress peer, ByteBuffer packet) {
            lastPeer = (StreamConnection) peer;
            seen.incrementAndGet();
            if (!mute) {
                byte[] bytes = new byte[packet.remaining()];
                packet.get(bytes);
                carrier.trySend(peer, bytes, bytes.length);
            }
        }

        @Override
        public void onBurstEnd() {
            carrier.flush();
        }

        @Override
        public void onPeerGone(PeerAddress peer) {
            gone.add(peer);
        }

        @Override
        public void onPeerWritable(PeerAddress peer, boolean takesMore) {
            writable.add(takesMore);
        }
    }
}

package dev.slipgate.testing.gateway;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.SlipgateServerConfig;
import dev.slipgate.protocol.slipgate.SlipgateServerEndpoint;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway and an echo node in one, for tests of clients: the real endpoint over UDP or memory,
 * with the smallest driver that does, on a thread of its own.
 */
public final class EchoGateway implements AutoCloseable {
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    private static final long MUTE_NS = 100_000;

    private final GatewayKey key = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final EchoSessions sessions;
    private final SlipgateServerEndpoint endpoint;
    private final Transmit transmit = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private final Thread thread =
            Thread.ofPlatform().name("echo-gateway").daemon().unstarted(this::run);
    private final GatewayNet net;
    private volatile boolean stopping;
    private volatile boolean silent;

    /** Makes what moves its packets. */
    private interface NetMaker {
        GatewayNet make(byte[] publicKey, Thread thread) throws IOException;
    }

    private EchoGateway(
            CarrierKind kind, SlipgateServerConfig config, TokenVerifier verifier, NetMaker maker)
            throws IOException {
        var pool = new BytePool(1 << 20);
        var random = new SecureRandom();
        sessions = new EchoSessions(pool);
        endpoint =
                new SlipgateServerEndpoint(
                        config,
                        kind,
                        CRYPTO,
                        new GatewayKeys(List.of(key)),
                        "test",
                        verifier,
                        random,
                        sessions,
                        new DropCounter(),
                        pool,
                        0,
                        0,
                        random.generateSeed(32));
        net = maker.make(key.publicKey().bytes(), thread);
        thread.start();
    }

    /** On a UDP port of loopback. */
    public static EchoGateway udp() throws IOException {
        return udp(SlipgateServerConfig.defaults(), TokenVerifier.ANONYMOUS);
    }

    /** On a UDP port of loopback, with bounds and a verifier of the caller's. */
    public static EchoGateway udp(SlipgateServerConfig config, TokenVerifier verifier)
            throws IOException {
        return new EchoGateway(
                CarrierKind.DATAGRAM, config, verifier, (publicKey, thread) -> new UdpNet());
    }

    /** Under the name {@code test} of a memory network. */
    public static EchoGateway memory(MemoryNetwork network, MemoryMode mode) throws IOException {
        return new EchoGateway(
                mode == MemoryMode.STREAM ? CarrierKind.STREAM : CarrierKind.DATAGRAM,
                SlipgateServerConfig.defaults(),
                TokenVerifier.ANONYMOUS,
                (publicKey, thread) -> new MemoryNet(network, mode, publicKey, thread));
    }

    /** A key of some other gateway, as in URIs. */
    public static String otherKeyText() {
        return GatewayKey.of(CRYPTO, CRYPTO.generateX25519()).publicKey().text();
    }

    /** Where clients connect, its key included. */
    public String uri() {
        return place().startsWith("mem:") ? place() : place() + "?key=" + key.publicKey().text();
    }

    /** Where clients connect, without a key. */
    public String place() {
        return net.place();
    }

    /** What it knows of its clients' messages. */
    public EchoSessions sessions() {
        return sessions;
    }

    /** Whether it neither reads nor sends from now on. */
    public void fallSilent(boolean value) {
        silent = value;
    }

    /** Ends all sessions with a goodbye. */
    public void closeSessions(CloseReason reason) {
        orders.add(() -> sessions.closeAll(reason, System.nanoTime()));
    }

    /** Is gone without a goodbye, soon. */
    public void vanish() {
        stopping = true;
    }

    private void run() {
        try {
            while (!stopping) {
                if (silent) {
                    LockSupport.parkNanos(MUTE_NS);
                } else {
                    net.read(endpoint);
                    turn(System.nanoTime());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            net.close();
        }
    }

    private void turn(long nowNs) throws IOException {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        endpoint.onTimeout(nowNs);
        for (Job job = endpoint.pollJob(); job != null; job = endpoint.pollJob()) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
        while (endpoint.pollTransmit(transmit, nowNs)) {
            net.send(Objects.requireNonNull(transmit.peer), transmit.bytes, transmit.length);
        }
        PeerAddress toClose = endpoint.pollStreamToClose();
        while (toClose != null) {
            net.closeStream(toClose);
            toClose = endpoint.pollStreamToClose();
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

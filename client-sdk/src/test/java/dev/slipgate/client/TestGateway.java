package dev.slipgate.client;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memorynet.MemoryEnd;
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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A gateway and an echo node in one, on one thread: the real endpoint over UDP or memory, with the
 * smallest driver that does.
 */
final class TestGateway implements AutoCloseable {
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);

    private static final int TURN_MS = 1;

    /** What moves its packets. */
    private interface Net extends AutoCloseable {
        /** Reads what is there; waits for a moment when there is nothing. */
        void read(SlipgateServerEndpoint into, long nowNs) throws IOException;

        void send(PeerAddress peer, byte[] bytes, int length) throws IOException;

        void closeStream(PeerAddress peer);

        @Override
        void close();
    }

    private record UdpPeer(SocketAddress address) implements PeerAddress {
        @Override
        public Object host() {
            return address;
        }
    }

    private record MemoryPeer(MemoryEnd end) implements PeerAddress {
        @Override
        public Object host() {
            return end;
        }
    }

    private final GatewayKey key = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Net net;
    private final String place;
    final EchoSessions sessions;
    private final SlipgateServerEndpoint endpoint;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean mute;

    private TestGateway(
            CarrierKind kind, SlipgateServerConfig config, TokenVerifier verifier, NetMaker maker)
            throws IOException {
        var pool = new BytePool(1 << 20);
        sessions = new EchoSessions(pool);
        var random = new SecureRandom();
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
        Made made = maker.make(key.publicKey().bytes());
        net = made.net();
        place = made.place();
        thread = Thread.ofPlatform().name("test-gateway").daemon().start(this::run);
    }

    /**
     * @param place scheme, host and port of its URI
     */
    private record Made(Net net, String place) {}

    private interface NetMaker {
        Made make(byte[] publicKey) throws IOException;
    }

    static TestGateway udp() throws IOException {
        return udp(SlipgateServerConfig.defaults(), TokenVerifier.ANONYMOUS);
    }

    static TestGateway udp(SlipgateServerConfig config, TokenVerifier verifier) throws IOException {
        return new TestGateway(CarrierKind.DATAGRAM, config, verifier, unused -> udpNet());
    }

    static TestGateway memory(MemoryNetwork network, MemoryMode mode) throws IOException {
        CarrierKind kind = mode == MemoryMode.STREAM ? CarrierKind.STREAM : CarrierKind.DATAGRAM;
        return new TestGateway(
                kind,
                SlipgateServerConfig.defaults(),
                TokenVerifier.ANONYMOUS,
                key -> memoryNet(network, mode, key));
    }

    String uri() {
        return place.startsWith("mem:") ? place : place + "?key=" + keyText();
    }

    String place() {
        return place;
    }

    String keyText() {
        return key.publicKey().text();
    }

    /** Neither reads nor sends from now on. */
    void fallSilent(boolean silent) {
        mute = silent;
    }

    /** Ends all sessions with a goodbye. */
    void closeSessions(CloseReason reason) {
        orders.add(() -> sessions.closeAll(reason, System.nanoTime()));
    }

    /** Is gone without a goodbye. */
    void vanish() {
        stopping = true;
    }

    private void run() {
        var transmit = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
        try {
            while (!stopping) {
                turn(transmit, System.nanoTime());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            net.close();
        }
    }

    private void turn(Transmit transmit, long nowNs) throws IOException {
        if (mute) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000);
            return;
        }
        net.read(endpoint, nowNs);
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        endpoint.onTimeout(nowNs);
        for (Job job = endpoint.pollJob(); job != null; job = endpoint.pollJob()) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
        while (endpoint.pollTransmit(transmit, nowNs)) {
            net.send(
                    java.util.Objects.requireNonNull(transmit.peer),
                    transmit.bytes,
                    transmit.length);
        }
        for (PeerAddress p = endpoint.pollStreamToClose();
                p != null;
                p = endpoint.pollStreamToClose()) {
            net.closeStream(p);
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

    private static Made udpNet() throws IOException {
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(TURN_MS);
        var address = (InetSocketAddress) socket.getLocalSocketAddress();
        byte[] buffer = new byte[2048];
        var net =
                new Net() {
                    @Override
                    public void read(SlipgateServerEndpoint into, long nowNs) throws IOException {
                        var packet = new DatagramPacket(buffer, buffer.length);
                        try {
                            socket.receive(packet);
                        } catch (SocketTimeoutException nothing) {
                            return;
                        }
                        into.onDatagram(
                                new UdpPeer(packet.getSocketAddress()),
                                ByteBuffer.wrap(buffer, 0, packet.getLength()),
                                System.nanoTime());
                    }

                    @Override
                    public void send(PeerAddress peer, byte[] bytes, int length)
                            throws IOException {
                        socket.send(new DatagramPacket(bytes, length, ((UdpPeer) peer).address()));
                    }

                    @Override
                    public void closeStream(PeerAddress peer) {}

                    @Override
                    public void close() {
                        socket.close();
                    }
                };
        return new Made(net, "udp://127.0.0.1:" + address.getPort());
    }

    private static Made memoryNet(MemoryNetwork network, MemoryMode mode, byte[] key) {
        var ends = new CopyOnWriteArrayList<MemoryEnd>();
        MemoryNetwork.Port port =
                network.listen(
                        "test",
                        mode,
                        key,
                        end -> {
                            ends.add(end);
                            return () -> {};
                        });
        var net =
                new Net() {
                    @Override
                    public void read(SlipgateServerEndpoint into, long nowNs) {
                        java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                        for (MemoryEnd end : ends) {
                            readFrom(end, into);
                        }
                    }

                    private void readFrom(MemoryEnd end, SlipgateServerEndpoint into) {
                        var peer = new MemoryPeer(end);
                        byte @Nullable [] packet = end.poll();
                        for (; packet != null; packet = end.poll()) {
                            into.onDatagram(peer, ByteBuffer.wrap(packet), System.nanoTime());
                        }
                        if (mode == MemoryMode.STREAM) {
                            into.onPeerWritable(peer, end.writable(), System.nanoTime());
                        }
                        if (!end.open() && ends.remove(end)) {
                            into.onPeerGone(peer, System.nanoTime());
                        }
                    }

                    @Override
                    public void send(PeerAddress peer, byte[] bytes, int length) {
                        ((MemoryPeer) peer).end().trySend(bytes, 0, length);
                    }

                    @Override
                    public void closeStream(PeerAddress peer) {
                        ((MemoryPeer) peer).end().close();
                    }

                    @Override
                    public void close() {
                        port.close();
                        ends.forEach(MemoryEnd::close);
                    }
                };
        String query = mode == MemoryMode.DATAGRAM ? "?mode=datagram" : "";
        return new Made(net, "mem://test" + query);
    }
}

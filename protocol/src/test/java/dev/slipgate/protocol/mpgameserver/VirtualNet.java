package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server and its clients in virtual time, on a network that loses, repeats and reorders by a
 * seed. Every datagram that was handed over is kept.
 */
final class VirtualNet {
    static final long MS = 1_000_000L;
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    static final KeyPair ROOT = CRYPTO.generateP256();
    static final TestPeer SERVER = new TestPeer("server", 7772);
    static final long EPOCH_NS = 1_700_000_000_000_000_000L;

    record Faults(double loss, double duplication, long delayNs, long jitterNs) {
        static final Faults NONE = new Faults(0, 0, MS, 0);
        static final Faults BAD = new Faults(0.1, 0.05, 10 * MS, 30 * MS);
    }

    static final class Datagram {
        final long atNs;
        final long order;
        final TestPeer from;
        final TestPeer to;
        final byte[] bytes;

        Datagram(long atNs, long order, TestPeer from, TestPeer to, byte[] bytes) {
            this.atNs = atNs;
            this.order = order;
            this.from = from;
            this.to = to;
            this.bytes = bytes;
        }
    }

    final RecordingListener serverSide;
    final MpServerEndpoint server;
    final DropCounter drops = new DropCounter();
    final DropCounter clientDrops = new DropCounter();
    final Map<TestPeer, Endpoint> clients = new LinkedHashMap<>();
    final List<Datagram> sent = new ArrayList<>();
    final Random random;
    Faults faults = Faults.NONE;
    boolean runsJobs = true;

    /** How many datagrams each client reads per second, 0 for all at once. */
    int readsPerSecond;

    long nowNs = 5_000_000_000L;

    private final PriorityQueue<Datagram> flying =
            new PriorityQueue<>(
                    (a, b) ->
                            a.atNs != b.atNs
                                    ? Long.compare(a.atNs, b.atNs)
                                    : Long.compare(a.order, b.order));
    private final ArrayDeque<Datagram> inSocket = new ArrayDeque<>();
    private long nextReadNs;
    private final Transmit out = new Transmit(2048);
    private long order;

    VirtualNet(long seed) {
        this(seed, MpServerConfig.defaults());
    }

    VirtualNet(long seed, MpServerConfig config) {
        this(seed, config, new RecordingListener());
    }

    VirtualNet(long seed, MpServerConfig config, RecordingListener listener) {
        random = new Random(seed);
        serverSide = listener;
        server =
                new MpServerEndpoint(
                        config,
                        CRYPTO,
                        ROOT.getPrivate(),
                        ROOT.getPublic().getEncoded(),
                        random,
                        listener,
                        drops,
                        new BytePool(1 << 20),
                        EPOCH_NS,
                        3);
    }

    MpClient client(TestPeer at, MpClientConfig config, RecordingListener listener) {
        var client =
                new MpClient(
                        config,
                        CRYPTO,
                        random,
                        listener,
                        clientDrops,
                        new BytePool(1 << 20),
                        EPOCH_NS);
        clients.put(at, client);
        client.connect(SERVER, ROOT.getPublic(), nowNs);
        return client;
    }

    MpClient connected(TestPeer at, MpClientConfig config, RecordingListener listener) {
        MpClient client = client(at, config, listener);
        int before = serverSide.connected.size();
        if (!runUntil(() -> serverSide.connected.size() > before, 3_000 * MS)) {
            throw new AssertionError("no connection, client is " + client.state());
        }
        return client;
    }

    SendResult send(MpClient client, long number, byte[] message) {
        return client.send(RetryMode.RETRY_ON_TIMEOUT, number, message, 0, message.length, nowNs);
    }

    long dropped(DropReason reason) {
        return drops.total(reason);
    }

    /** A datagram straight into the server, past the network. */
    void inject(TestPeer from, byte[] datagram) {
        server.onDatagram(from, ByteBuffer.wrap(datagram.clone()), nowNs);
    }

    void runFor(long ns) {
        runUntil(() -> false, ns);
    }

    /** Lets time pass until the condition holds; false when it did not in that time. */
    boolean runUntil(BooleanSupplier condition, long ns) {
        long endNs = nowNs + ns;
        while (true) {
            drainAll();
            if (condition.getAsBoolean()) {
                return true;
            }
            long nextNs = nextNs();
            if (nextNs > endNs) {
                nowNs = endNs;
                return false;
            }
            nowNs = Math.max(nowNs, nextNs);
            deliverDue();
            server.onTimeout(nowNs);
            for (Endpoint client : clients.values()) {
                client.onTimeout(nowNs);
            }
        }
    }

    void drainAll() {
        drain(SERVER, server);
        clients.forEach(this::drain);
    }

    private void drain(TestPeer from, Endpoint endpoint) {
        Job job;
        while (runsJobs && (job = endpoint.pollJob()) != null) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
        while (endpoint.pollTransmit(out, nowNs)) {
            byte[] bytes = Arrays.copyOf(out.bytes, out.length);
            transmit(from, (TestPeer) Objects.requireNonNull(out.peer), bytes);
        }
    }

    private void transmit(TestPeer from, TestPeer to, byte[] bytes) {
        sent.add(new Datagram(nowNs, order++, from, to, bytes));
        int copies = random.nextDouble() < faults.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= faults.loss) {
                long jitter =
                        faults.jitterNs == 0 ? 0 : (long) (random.nextDouble() * faults.jitterNs);
                flying.add(new Datagram(nowNs + faults.delayNs + jitter, order++, from, to, bytes));
            }
        }
    }

    /** How long the oldest datagram waits by now in its receiver's socket. */
    long longestWaitNs() {
        return inSocket.isEmpty() ? 0 : nowNs - inSocket.getFirst().atNs;
    }

    private long nextNs() {
        Datagram first = flying.peek();
        long nextNs = Math.min(server.nextTimeoutNs(), first == null ? Endpoint.NEVER : first.atNs);
        for (Endpoint client : clients.values()) {
            nextNs = Math.min(nextNs, client.nextTimeoutNs());
        }
        if (!inSocket.isEmpty()) {
            nextNs = Math.min(nextNs, Math.max(nextReadNs, nowNs));
        }
        return nextNs;
    }

    private void deliverDue() {
        Datagram datagram;
        while ((datagram = flying.peek()) != null && datagram.atNs <= nowNs) {
            flying.poll();
            if (readsPerSecond > 0 && !datagram.to.equals(SERVER)) {
                inSocket.add(datagram);
            } else {
                hand(datagram);
            }
        }
        if (!inSocket.isEmpty() && nextReadNs <= nowNs) {
            nextReadNs = nowNs + 1_000_000_000L / readsPerSecond;
            hand(inSocket.removeFirst());
        }
    }

    private void hand(Datagram datagram) {
        @Nullable Endpoint to = datagram.to.equals(SERVER) ? server : clients.get(datagram.to);
        if (to != null) {
            to.onDatagram(datagram.from, ByteBuffer.wrap(datagram.bytes.clone()), nowNs);
        }
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's endpoint and its clients in virtual time, on a network that loses by a seed. Every
 * packet that was handed over is kept.
 */
final class EndpointNet {
    static final long MS = 1_000_000L;
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    static final GatewayKey KEY = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    static final GatewayKeys KEYS = new GatewayKeys(List.of(KEY));
    static final Peer GATEWAY = new Peer("gateway", 7770);
    static final byte[] NO_TOKEN = new byte[0];
    static final String NAME = "gateway-1";
    static final int LOOP = 3;

    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;
    private static final long LATENCY_NS = MS;

    /** An address of this network. */
    record Peer(String name, int port) implements PeerAddress {
        @Override
        public Object host() {
            return name;
        }
    }

    record Packet(long atNs, long order, Peer from, Peer to, byte[] bytes) {}

    final CarrierKind kind;
    final Recorder serverSide = new Recorder();
    final DropCounter drops = new DropCounter();
    final DropCounter clientDrops = new DropCounter();
    final Map<Peer, SlipgateClientEndpoint> clients = new LinkedHashMap<>();
    final List<Packet> sent = new ArrayList<>();
    final Random random;
    SlipgateServerEndpoint server;
    double loss;
    boolean runsJobs = true;

    /** What becomes of a packet on its way; null loses it. */
    UnaryOperator<@Nullable Packet> onTheWay = packet -> packet;

    long nowNs = -5_000_000_000L;

    private final PriorityQueue<Packet> flying =
            new PriorityQueue<>(
                    (a, b) ->
                            a.atNs != b.atNs
                                    ? Long.compare(a.atNs, b.atNs)
                                    : Long.compare(a.order, b.order));
    private final Transmit out = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private long order;

    EndpointNet(long seed, CarrierKind kind, SlipgateServerConfig config) {
        this(seed, kind, config, TokenVerifier.ANONYMOUS);
    }

    EndpointNet(long seed, CarrierKind kind, SlipgateServerConfig config, TokenVerifier verifier) {
        this.random = new Random(seed);
        this.kind = kind;
        this.server = server(config, KEYS, NAME, verifier);
    }

    static EndpointNet datagrams(long seed) {
        return new EndpointNet(seed, CarrierKind.DATAGRAM, SlipgateServerConfig.defaults());
    }

    static EndpointNet streams(long seed) {
        return new EndpointNet(seed, CarrierKind.STREAM, SlipgateServerConfig.defaults());
    }

    /** Another gateway in the place of the former, which knows nothing of its sessions. */
    void restart(GatewayKeys keys, String name) {
        server = server(SlipgateServerConfig.defaults(), keys, name, TokenVerifier.ANONYMOUS);
    }

    SlipgateServerEndpoint server(
            SlipgateServerConfig config, GatewayKeys keys, String name, TokenVerifier verifier) {
        return new SlipgateServerEndpoint(
                config,
                kind,
                CRYPTO,
                keys,
                name,
                verifier,
                random,
                serverSide,
                drops,
                new BytePool(1 << 20),
                EPOCH_NS,
                LOOP,
                "a secret of the process".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    SlipgateClientEndpoint client(Peer at, Recorder listener) {
        return client(at, listener, KEY, NO_TOKEN);
    }

    SlipgateClientEndpoint client(Peer at, Recorder listener, GatewayKey key, byte[] token) {
        var client =
                new SlipgateClientEndpoint(
                        SlipgateClientConfig.defaults(),
                        kind,
                        CRYPTO,
                        key.publicKey().bytes(),
                        token,
                        GATEWAY,
                        random,
                        listener,
                        clientDrops,
                        new BytePool(1 << 20));
        clients.put(at, client);
        client.start(nowNs);
        return client;
    }

    /** A client that both sides call connected. */
    SlipgateClientEndpoint connected(Peer at, Recorder listener) {
        SlipgateClientEndpoint client = client(at, listener);
        int before = serverSide.connected.size();
        if (!runUntil(() -> serverSide.connected.size() > before, 10_000 * MS)) {
            throw new AssertionError("no connection: " + listener + ", " + drops.byKey());
        }
        return client;
    }

    /** The first flight of a client that exists nowhere else. */
    byte[] freshInit(GatewayKey key) {
        var client =
                new SlipgateClientEndpoint(
                        SlipgateClientConfig.defaults(),
                        kind,
                        CRYPTO,
                        key.publicKey().bytes(),
                        NO_TOKEN,
                        GATEWAY,
                        random,
                        new Recorder(),
                        clientDrops,
                        new BytePool(0));
        client.start(nowNs);
        runJobs(client);
        client.pollTransmit(out, nowNs);
        return Arrays.copyOf(out.bytes, out.length);
    }

    /**
     * A packet straight into the gateway, past the network; answers are recorded, not delivered.
     */
    List<byte[]> inject(Peer from, byte[] packet) {
        server.onDatagram(from, ByteBuffer.wrap(packet.clone()), nowNs);
        return answers();
    }

    /** Runs the gateway's jobs, and takes what it then has to send. */
    List<byte[]> answers() {
        if (runsJobs) {
            runJobs(server);
        }
        var answers = new ArrayList<byte[]>();
        while (server.pollTransmit(out, nowNs)) {
            answers.add(Arrays.copyOf(out.bytes, out.length));
        }
        return answers;
    }

    long dropped(DropReason reason) {
        return drops.total(reason);
    }

    void runFor(long ns) {
        runUntil(() -> false, ns);
    }

    /** Lets time pass until the condition holds; false when it did not in that time. */
    boolean runUntil(BooleanSupplier condition, long ns) {
        long endNs = nowNs + ns;
        while (true) {
            drain();
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
            clients.values().forEach(client -> client.onTimeout(nowNs));
        }
    }

    void drain() {
        drain(GATEWAY, server);
        List.copyOf(clients.entrySet()).forEach(c -> drain(c.getKey(), c.getValue()));
    }

    private void runJobs(Endpoint endpoint) {
        Job job;
        while ((job = endpoint.pollJob()) != null) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
    }

    private void drain(Peer from, Endpoint endpoint) {
        if (runsJobs) {
            runJobs(endpoint);
        }
        while (endpoint.pollTransmit(out, nowNs)) {
            byte[] bytes = Arrays.copyOf(out.bytes, out.length);
            transmit(from, (Peer) Objects.requireNonNull(out.peer), bytes);
        }
        PeerAddress closing;
        while ((closing = endpoint.pollStreamToClose()) != null) {
            closeStream(from, (Peer) closing);
        }
    }

    private void closeStream(Peer from, Peer to) {
        Peer clientAt = from.equals(GATEWAY) ? to : from;
        SlipgateClientEndpoint client = clients.remove(clientAt);
        // What was sent before it arrives first.
        deliverAll(clientAt, client);
        server.onPeerGone(clientAt, nowNs);
        if (client != null) {
            client.onPeerGone(GATEWAY, nowNs);
        }
    }

    private void deliverAll(Peer clientAt, @Nullable SlipgateClientEndpoint client) {
        for (Packet packet : List.copyOf(flying)) {
            if (packet.from.equals(clientAt) || packet.to.equals(clientAt)) {
                flying.remove(packet);
                Endpoint to = packet.to.equals(GATEWAY) ? server : client;
                if (to != null) {
                    to.onDatagram(packet.from, ByteBuffer.wrap(packet.bytes.clone()), nowNs);
                    runJobs(to);
                }
            }
        }
    }

    private void transmit(Peer from, Peer to, byte[] bytes) {
        var packet = new Packet(nowNs + LATENCY_NS, order++, from, to, bytes);
        sent.add(packet);
        boolean lost = loss > 0 && random.nextDouble() < loss;
        Packet arriving = lost ? null : onTheWay.apply(packet);
        if (arriving != null) {
            flying.add(arriving);
        }
    }

    private long nextNs() {
        Packet first = flying.peek();
        long nextNs = Math.min(server.nextTimeoutNs(), first == null ? Endpoint.NEVER : first.atNs);
        for (Endpoint client : clients.values()) {
            nextNs = Math.min(nextNs, client.nextTimeoutNs());
        }
        return nextNs;
    }

    private void deliverDue() {
        Packet packet;
        while ((packet = flying.peek()) != null && packet.atNs <= nowNs) {
            flying.poll();
            Endpoint to = packet.to.equals(GATEWAY) ? server : clients.get(packet.to);
            if (to != null) {
                to.onDatagram(packet.from, ByteBuffer.wrap(packet.bytes.clone()), nowNs);
            }
        }
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetNode;
import dev.slipgate.protocol.testnet.TestNetwork;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A gateway's endpoint and its clients on a {@link TestNetwork}; all that was sent is kept. */
final class EndpointNet {
    static final long MS = 1_000_000L;
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    static final GatewayKey KEY = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    static final GatewayKeys KEYS = new GatewayKeys(List.of(KEY));
    static final NetAddress GATEWAY = new NetAddress("gateway", 7770);
    static final NetAddress CLIENT = new NetAddress("client", 1);
    static final byte[] NO_TOKEN = new byte[0];
    static final String NAME = "gateway-1";
    static final int LOOP = 3;

    private static final byte[] COOKIE_SECRET =
            "a secret of this process".getBytes(StandardCharsets.US_ASCII);
    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;

    final TestNetwork network;
    final CarrierKind kind;
    final Recorder serverSide = new Recorder();
    final DropCounter drops = new DropCounter();
    final DropCounter clientDrops = new DropCounter();
    final List<TestNetwork.Flight> sent = new ArrayList<>();
    final EndpointNode gateway;
    private final Map<NetAddress, EndpointNode> clients = new HashMap<>();
    private final Random random;
    private final Transmit out = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);

    EndpointNet(long seed, CarrierKind kind, SlipgateServerConfig config, TokenVerifier verifier) {
        this.network = new TestNetwork(seed);
        this.random = new Random(~seed);
        this.kind = kind;
        this.gateway = new EndpointNode(server(config, KEYS, NAME, verifier));
        network.attach(GATEWAY, gateway);
        network.tap(sent::add);
        if (kind == CarrierKind.STREAM) {
            network.makeStream();
        }
        gateway.onStreamToClose = (client, nowNs) -> closeStream((NetAddress) client);
    }

    static EndpointNet datagrams(long seed) {
        return datagrams(seed, SlipgateServerConfig.defaults());
    }

    static EndpointNet datagrams(long seed, SlipgateServerConfig config) {
        return new EndpointNet(seed, CarrierKind.DATAGRAM, config, TokenVerifier.ANONYMOUS);
    }

    static EndpointNet streams(long seed) {
        return new EndpointNet(
                seed, CarrierKind.STREAM, SlipgateServerConfig.defaults(), TokenVerifier.ANONYMOUS);
    }

    /** Another gateway in the place of the former, which knows nothing of its sessions. */
    void restart(GatewayKeys keys, String name) {
        gateway.endpoint =
                server(SlipgateServerConfig.defaults(), keys, name, TokenVerifier.ANONYMOUS);
    }

    private SlipgateServerEndpoint server(
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
                COOKIE_SECRET);
    }

    Endpoint server() {
        return gateway.endpoint;
    }

    SlipgateClientEndpoint client(NetAddress at, Recorder listener) {
        return client(at, listener, KEY, NO_TOKEN);
    }

    SlipgateClientEndpoint client(NetAddress at, Recorder listener, GatewayKey key, byte[] token) {
        SlipgateClientEndpoint client = idleClient(listener, key, token);
        var node = new EndpointNode(client);
        node.onStreamToClose = (server, nowNs) -> closeStream(at);
        clients.put(at, node);
        network.attach(at, node);
        client.start(nowNs());
        return client;
    }

    private SlipgateClientEndpoint idleClient(Recorder listener, GatewayKey key, byte[] token) {
        return new SlipgateClientEndpoint(
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
    }

    EndpointNode node(NetAddress client) {
        EndpointNode node = clients.get(client);
        if (node == null) {
            throw new IllegalArgumentException("no client at " + client);
        }
        return node;
    }

    /** A client that both sides call connected. */
    SlipgateClientEndpoint connected(NetAddress at, Recorder listener) {
        SlipgateClientEndpoint client = client(at, listener);
        int before = serverSide.connected.size();
        if (!network.runUntil(() -> serverSide.connected.size() > before, 10_000 * MS)) {
            throw new AssertionError("no connection: " + listener + ", " + drops.byKey());
        }
        return client;
    }

    /** What both ends of a stream come to know once what is under way has arrived. */
    private void closeStream(NetAddress client) {
        EndpointNode node = clients.remove(client);
        if (node == null) {
            return;
        }
        long goneAtNs = nowNs() + 20 * MS;
        network.attach(
                new NetAddress(client.name() + " closes", client.port()),
                new Closing(client, node, goneAtNs));
    }

    /** The end of a stream, as a node that has nothing but a time. */
    private final class Closing implements NetNode {
        private final NetAddress client;
        private final EndpointNode node;
        private long atNs;

        Closing(NetAddress client, EndpointNode node, long atNs) {
            this.client = client;
            this.node = node;
            this.atNs = atNs;
        }

        @Override
        public void onPacket(PeerAddress from, byte[] packet, long nowNs) {}

        @Override
        public boolean poll(Transmit ignored, long nowNs) {
            return false;
        }

        @Override
        public void onTimeout(long nowNs) {
            if (atNs <= nowNs) {
                atNs = Endpoint.NEVER;
                gateway.endpoint.onPeerGone(client, nowNs);
                node.endpoint.onPeerGone(GATEWAY, nowNs);
            }
        }

        @Override
        public long nextTimeoutNs() {
            return atNs;
        }
    }

    /** The first flight of a client that exists nowhere else. */
    byte[] freshInit(GatewayKey key) {
        SlipgateClientEndpoint client = idleClient(new Recorder(), key, NO_TOKEN);
        client.start(nowNs());
        var node = new EndpointNode(client);
        node.poll(out, nowNs());
        return Arrays.copyOf(out.bytes, out.length);
    }

    /** A packet straight into the gateway; what it then says is not delivered to anybody. */
    List<byte[]> inject(PeerAddress from, byte[] packet) {
        gateway.onPacket(from, packet.clone(), nowNs());
        return answers();
    }

    /** Runs the gateway's jobs, and takes what it has to say. */
    List<byte[]> answers() {
        var answers = new ArrayList<byte[]>();
        while (gateway.poll(out, nowNs())) {
            answers.add(Arrays.copyOf(out.bytes, out.length));
        }
        return answers;
    }

    /** Packets that were sent to this address, or by it. */
    List<byte[]> sentTo(NetAddress address) {
        return sent.stream().filter(f -> f.to().equals(address)).map(f -> f.bytes()).toList();
    }

    List<byte[]> sentBy(NetAddress address) {
        return sent.stream().filter(f -> f.from().equals(address)).map(f -> f.bytes()).toList();
    }

    long dropped(DropReason reason) {
        return drops.total(reason);
    }

    long nowNs() {
        return network.nowNs();
    }

    void runFor(long ns) {
        network.runFor(ns);
    }

    boolean runUntil(BooleanSupplier condition, long ns) {
        return network.runUntil(condition, ns);
    }
}

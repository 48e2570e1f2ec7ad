package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import dev.slipgate.testing.fault.FaultCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One seed: clients, a gateway and a node for at least a minute of virtual time, on paths that do
 * everything to their packets. What must always hold is checked as it happens; a world that ends
 * has kept every promise.
 */
final class World {
    private static final Crypto JDK = CryptoProviders.select(CryptoProviders.JDK);
    static final GatewayKey KEY =
            GatewayKey.of(
                    JDK,
                    JDK.x25519Pair(
                            new byte[] {
                                1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7,
                                8, 1, 2, 3, 4, 5, 6, 7, 8
                            }));

    /** What is not settled by then never will be. */
    private static final long SETTLE_NS = 600 * Agenda.SECOND;

    private static final long TRAFFIC_NS = SeedPlan.TRAFFIC_MS * Agenda.MS;
    private static final int MAX_RETAINED_BYTES = 1 << 20;

    private final SeedPlan plan;
    private final SplittableRandom random;
    private final Agenda agenda = new Agenda();
    private final Totals totals = new Totals();
    private final FaultCounts faultCounts = new FaultCounts();
    private final Amplification amplification = new Amplification();
    private final BytePool pool = new BytePool(MAX_RETAINED_BYTES);
    private final NonceWatch crypto;
    private final Wiretap wiretap;
    private final MemoryBounds memory;
    private final Map<String, Player> players = new HashMap<>();
    private final List<Player> inOrder = new ArrayList<>();
    private final Map<Place, DatagramClient> sockets = new HashMap<>();
    private final Map<Place, StreamClient> streams = new HashMap<>();
    private GatewayMachine datagramGateway;
    private final GatewayMachine streamGateway;
    private long digest;
    private int nextPort = 1;
    private int flows;

    World(long seed) {
        plan = SeedPlan.of(seed);
        random = new SplittableRandom(~seed);
        crypto = new NonceWatch(JDK, random.split());
        wiretap = new Wiretap(this, random.split());
        memory = new MemoryBounds(plan);
        datagramGateway = new GatewayMachine(this, CarrierKind.DATAGRAM);
        streamGateway = new GatewayMachine(this, CarrierKind.STREAM);
        for (int i = 0; i < plan.datagramClients() + plan.streamClients(); i++) {
            boolean datagram = i < plan.datagramClients();
            var kind = datagram ? CarrierKind.DATAGRAM : CarrierKind.STREAM;
            var player = new Player(this, i, kind, random.split());
            players.put(player.identity(), player);
            inOrder.add(player);
        }
    }

    /**
     * Lives through it.
     *
     * @throws Broken when something did not hold
     */
    Totals run() {
        for (Player each : inOrder) {
            agenda.after(random.nextLong(Agenda.SECOND), each::begin);
        }
        var disorder = new Disorder(this, random.split());
        disorder.begin(inOrder);
        long endNs = agenda.nowNs() + SETTLE_NS;
        while (agenda.elapsedMs() < SeedPlan.TRAFFIC_MS || !settled()) {
            step();
            Broken.unless(agenda.nowNs() < endNs, "not settled: %s", inOrder);
        }
        disorder.onClosing();
        inOrder.forEach(Player::close);
        long closedByNs = agenda.nowNs() + plan.idleTimeoutMs() * Agenda.MS + TRAFFIC_NS;
        while (!over()) {
            step();
            Broken.unless(
                    agenda.nowNs() < closedByNs,
                    "not closed: %s; sessions at the gateway: %d and %d",
                    inOrder,
                    datagramGateway.endpoint().sessionCount(),
                    streamGateway.endpoint().sessionCount());
        }
        memory.requireEmpty();
        return count();
    }

    private void step() {
        Broken.unless(agenda.step(), "nothing will ever happen again");
        memory.check();
        Broken.unless(pool.retainedBytes() <= MAX_RETAINED_BYTES, "the pool keeps too much");
    }

    private boolean settled() {
        return inOrder.stream().allMatch(Player::settled);
    }

    private boolean over() {
        return inOrder.stream().allMatch(each -> each.closed() && each.isIdle())
                && datagramGateway.endpoint().sessionCount() == 0
                && streamGateway.endpoint().sessionCount() == 0;
    }

    private Totals count() {
        inOrder.forEach(each -> each.addTo(totals));
        FaultCounts.Totals paths = faultCounts.totals();
        totals.add(Fault.LOSS, paths.lost());
        totals.add(Fault.DUPLICATION, paths.duplicated());
        totals.add(Fault.REORDERING, paths.reordered());
        totals.add(Fault.CORRUPTION, paths.corrupted());
        totals.add("datagrams", paths.offered());
        for (Fault each : Fault.values()) {
            Broken.unless(totals.count(each) > 0, "%s was never drawn", each);
        }
        Broken.unless(totals.messagesSent() >= SeedPlan.MESSAGES, "too few messages");
        totals.endWorld(agenda.elapsedMs());
        return totals;
    }

    /** A socket for a client's next session; every one has another address. */
    Machine newSocket(Player player) {
        if (player.kind() == CarrierKind.STREAM) {
            Place at = newPlace("stream");
            var stream = new StreamClient(this, at, random.split());
            streams.put(at, stream);
            return stream;
        }
        Place at = newPlace("host");
        var socket = new DatagramClient(this, flows++, at, random.split());
        sockets.put(at, socket);
        return socket;
    }

    private Place newPlace(String host) {
        return new Place(host, nextPort++);
    }

    /** The client is somewhere else from now on: at another port, or at another host, too. */
    void rebind(DatagramClient socket) {
        Place next = newPlace(random.nextInt(3) == 0 ? "elsewhere" : socket.place().host());
        sockets.put(next, socket);
        socket.rebind(next);
    }

    /** The gateway forgets its datagram sessions; it keeps its keys and its name. */
    void restartGateway() {
        totals.add("gateway restarts", 1);
        datagramGateway.switchOff();
        datagramGateway = new GatewayMachine(this, CarrierKind.DATAGRAM);
        for (Player each : inOrder) {
            Session session = each.nodeEnd().session();
            if (each.kind() == CarrierKind.DATAGRAM && session != null) {
                each.disturb();
                each.nodeEnd().onClosed(session, CloseReason.GATEWAY_LOST, agenda.nowNs());
            }
        }
    }

    void toGateway(Place from, byte[] packet) {
        amplification.onReceived(from, packet);
        datagramGateway.deliver(from, packet);
    }

    void fromGateway(Place to, byte[] packet) {
        amplification.onSent(to, packet.length);
        DatagramClient socket = sockets.get(to);
        if (socket != null) {
            socket.down(to, packet);
        }
    }

    StreamClient streamAt(Place place) {
        return Objects.requireNonNull(streams.get(place));
    }

    GatewayMachine gateway(CarrierKind kind) {
        return kind == CarrierKind.DATAGRAM ? datagramGateway : streamGateway;
    }

    GatewayMachine streamGateway() {
        return streamGateway;
    }

    Player player(String identity) {
        return Objects.requireNonNull(players.get(identity), identity);
    }

    /** Mixes a packet that is sent, and when, into what tells worlds apart. */
    void digest(byte[] packet) {
        digest = (digest * 31 + agenda.nowNs()) * 31 + Arrays.hashCode(packet);
    }

    /** The same for worlds in which the same was sent at the same times. */
    long digest() {
        return digest;
    }

    void countDelay(long delayNs) {
        totals.add(Fault.LATENCY, 1);
        boolean late = delayNs % Agenda.MS != 0; // latencies are whole milliseconds
        if (late) {
            totals.add(Fault.JITTER, 1);
        }
    }

    /** The most that one session may have asked room for. */
    long roomBound() {
        return plan.creditBytes()
                + 9L * plan.largestMessageBytes()
                + CarrierKind.MAX_STREAM_PACKET_BYTES;
    }

    Offer offer() {
        return new Offer(
                CarrierKind.MAX_STREAM_PACKET_BYTES,
                plan.idleTimeoutMs(),
                plan.creditBytes(),
                plan.largestMessageBytes());
    }

    void watch(SessionEnd end, EndConfig config) {
        memory.add(end, config);
    }

    void watch(Session session) {
        memory.add(session);
    }

    void unwatch(Session session) {
        memory.remove(session);
    }

    SeedPlan plan() {
        return plan;
    }

    Agenda agenda() {
        return agenda;
    }

    Totals totals() {
        return totals;
    }

    Amplification amplification() {
        return amplification;
    }

    Wiretap wiretap() {
        return wiretap;
    }

    Crypto crypto() {
        return crypto;
    }

    BytePool pool() {
        return pool;
    }

    FaultCounts faultCounts() {
        return faultCounts;
    }

    SplittableRandom random() {
        return random;
    }

    /** For what wants strong randomness: here it follows from the seed, like all else. */
    RandomGenerator secureRandom() {
        return random;
    }
}

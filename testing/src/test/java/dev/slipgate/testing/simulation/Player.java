package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import dev.slipgate.protocol.slipgate.SlipgateClientConfig;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One connection: the client, which connects anew when its session ends, and the node's end that it
 * talks to. Sessions may end only when the world has had a hand in it.
 */
final class Player {
    private static final long CONNECT_TIMEOUT_NS = 8 * Agenda.SECOND;
    private static final long RETRY_NS = Agenda.SECOND / 2;

    /** Tokens up to this long are longer than a packet. */
    private static final int MAX_TOKEN_BYTES = 3_000;

    private final World world;
    private final Agenda agenda;
    private final int index;
    private final CarrierKind kind;
    private final SplittableRandom random;
    private final Ledger up = new Ledger();
    private final Ledger down = new Ledger();
    private final SessionEnd clientEnd;
    private final SessionEnd nodeEnd;
    private final App clientApp;
    private final App nodeApp;
    private @Nullable Machine machine;
    private boolean disturbed;
    private boolean closing;

    Player(World world, int index, CarrierKind kind, SplittableRandom random) {
        this.world = world;
        this.agenda = world.agenda();
        this.index = index;
        this.kind = kind;
        this.random = random;
        clientApp = new App(world, new ClientOwner(), up, down, random.split());
        nodeApp = new App(world, new NodeOwner(), down, up, random.split());
        clientEnd = end(EndConfig.Role.CLIENT, clientApp);
        nodeEnd = end(EndConfig.Role.NODE, nodeApp);
    }

    private SessionEnd end(EndConfig.Role role, App app) {
        SeedPlan plan = world.plan();
        // A node that meets a client anew has granted credit to its former sessions, too.
        long credit = (long) plan.creditBytes() * (1 + 4 * plan.disruptions());
        var config = new EndConfig(role, plan.outboxBytes(), credit, plan.largestMessageBytes());
        var end = new SessionEnd(world.pool(), config, app);
        world.watch(end, config);
        return end;
    }

    void begin() {
        connect();
        clientApp.begin(clientEnd);
        nodeApp.begin(nodeEnd);
    }

    /** Who it is, as its token says. */
    String identity() {
        return "player" + index;
    }

    CarrierKind kind() {
        return kind;
    }

    SessionEnd nodeEnd() {
        return nodeEnd;
    }

    Machine machine() {
        return Objects.requireNonNull(machine);
    }

    /** Whether the world may end it: all is sent, and all that was promised has come true. */
    boolean settled() {
        return clientApp.sentAll() && nodeApp.sentAll() && up.settled() && down.settled();
    }

    boolean closed() {
        return closing && clientEnd.session() == null && nodeEnd.session() == null;
    }

    private void connect() {
        world.totals().add("sessions tried", 1);
        Machine next = world.newSocket(this);
        var endpoint =
                new SlipgateClientEndpoint(
                        config(),
                        kind,
                        world.crypto(),
                        World.KEY.publicKey().bytes(),
                        token(),
                        Place.GATEWAY,
                        world.secureRandom(),
                        new ClientTap(next),
                        next.drops,
                        world.pool());
        next.runs(endpoint);
        machine = next;
        endpoint.start(agenda.nowNs());
        next.pump();
    }

    private SlipgateClientConfig config() {
        Offer all = world.offer();
        long credit = Math.min(all.creditBytes(), clientEnd.firstCreditBytes());
        long least = all.largestMessageBytes() + 64L;
        return new SlipgateClientConfig(
                world.plan().settings(),
                new Offer(
                        all.largestPacketBytes(),
                        all.idleTimeoutMs(),
                        Math.max(credit, least),
                        all.largestMessageBytes()),
                CONNECT_TIMEOUT_NS);
    }

    private byte[] token() {
        byte[] name = (identity() + " ").getBytes(StandardCharsets.US_ASCII);
        int length = random.nextBoolean() ? name.length : random.nextInt(100, MAX_TOKEN_BYTES);
        return Arrays.copyOf(name, length);
    }

    /** The session is about to end for a reason that is not its own. */
    void disturb() {
        disturbed = true;
    }

    /** The client forgets its session and begins another one. */
    void abandon() {
        disturb();
        machine().switchOff();
        connect();
    }

    /** The client begins another session while the one it has goes on for a while. */
    void overlap() {
        if (!clientEnd.attached() || machine().endpoint().handshakeCount() > 0) {
            abandon(); // two attempts at once might come about in either order
            return;
        }
        disturb();
        Machine former = machine();
        connect();
        agenda.after(
                2 * Agenda.SECOND,
                () -> {
                    disturb(); // it may be the only one that came about
                    former.endpoint().close(CloseReason.CLIENT_CLOSED, agenda.nowNs());
                    former.pump();
                });
    }

    /** One of the two says goodbye. */
    void close() {
        closing = true;
        up.requireComplete();
        down.requireComplete();
        if (random.nextInt(3) > 0) {
            clientEnd.close(CloseReason.CLIENT_CLOSED, agenda.nowNs());
            machine().pump();
        } else {
            nodeEnd.close(CloseReason.APP_CLOSED, agenda.nowNs());
            world.gateway(kind).pump();
        }
    }

    void addTo(Totals totals) {
        up.addTo(totals);
        down.addTo(totals);
    }

    @Override
    public String toString() {
        return "%s over %s, session %d, %s, client %s, node %s: up %s; down %s"
                .formatted(
                        identity(),
                        kind,
                        clientEnd.generation(),
                        isIdle() ? "idle" : "at work",
                        clientEnd.session() == null ? "without session" : "in session",
                        nodeEnd.session() == null ? "without session" : "in session",
                        clientApp,
                        nodeApp);
    }

    /** Unless another attempt is under way by then. */
    private void connectLater() {
        agenda.after(
                RETRY_NS,
                () -> {
                    if (!closing && isIdle()) {
                        connect();
                    }
                });
    }

    /** Where the client's sessions report to. */
    private final class ClientTap extends EndTap implements SlipgateClientEndpoint.Listener {
        ClientTap(Machine socket) {
            super(socket, kind);
        }

        @Override
        SessionEnd endOf(Session session) {
            return clientEnd;
        }

        @Override
        public void onFailed(ConnectFailure failure, long nowNs) {
            world.totals().add("handshakes failed: " + failure.kind(), 1);
            connectLater();
        }
    }

    /** What the client's app is part of. */
    private final class ClientOwner implements App.Owner {
        @Override
        public void used() {
            machine().pump();
        }

        @Override
        public void onAttached() {
            world.totals().add("sessions attached", 1);
            disturbed = false;
        }

        @Override
        public void onClosed(CloseReason reason) {
            Broken.unless(closing || disturbed, "the client's session ended: %s", reason);
            connectLater();
        }
    }

    /** What the node's app is part of. */
    private final class NodeOwner implements App.Owner {
        @Override
        public void used() {
            world.gateway(kind).pump();
        }

        @Override
        public void onAttached() {}

        @Override
        public void onClosed(CloseReason reason) {}
    }

    /** When the endpoint has nothing more to do. */
    boolean isIdle() {
        Endpoint endpoint = machine().endpoint();
        return endpoint.sessionCount() == 0 && endpoint.handshakeCount() == 0;
    }
}

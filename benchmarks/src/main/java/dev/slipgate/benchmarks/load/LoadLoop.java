package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;

/**
 * The clients of a load and the one thread that drives them: reads a batch, feeds the clients,
 * sends what is due, flushes. It spins nowhere, because it shares cores with what it loads.
 */
final class LoadLoop {
    /** How late a message of an open loop may leave, so that it can share a flush with others. */
    static final long TICK_NS = 500_000;

    /** How often timers of clients are looked at. */
    private static final long SWEEP_NS = 5_000_000;

    /** Clients that are looked at then; more take turns, so that timers never are all the work. */
    private static final int MAX_PER_SWEEP = 2048;

    private final ClientSockets sockets;
    private final LoadClient[] clients;
    private final LoadClient.Factory factory;
    private final EchoLedger ledger;
    private final int messageBytes;
    private final Transmit transmit = new Transmit(ClientSockets.MAX_DATAGRAM_BYTES);
    private LoadTally tally = new LoadTally();
    private Sender sender = Sender.NONE;
    private long nowNs = System.nanoTime();
    private long nextSweepNs;
    private int nextToSweep;

    /** Decides which messages leave. */
    interface Sender {
        /** Sends nothing: while connecting, draining and closing. */
        Sender NONE =
                new Sender() {
                    @Override
                    public void onEcho(LoadLoop loop, int client, long nowNs) {
                        // Nothing follows.
                    }

                    @Override
                    public long onTurn(LoadLoop loop, long nowNs) {
                        return TICK_NS;
                    }
                };

        /** A message of this client came back; what is given to it now leaves by itself. */
        void onEcho(LoadLoop loop, int client, long nowNs);

        /** Once per turn: sends what is due; how long the loop may wait for input, 0 or more. */
        long onTurn(LoadLoop loop, long nowNs);
    }

    LoadLoop(ClientSockets sockets, int clients, int messageBytes, LoadClient.Factory factory) {
        this.sockets = sockets;
        this.ledger = new EchoLedger(clients, messageBytes);
        this.messageBytes = messageBytes;
        this.factory = factory;
        this.clients = new LoadClient[clients];
        for (int i = 0; i < clients; i++) {
            this.clients[i] = factory.create(i, this::onEcho);
        }
    }

    /** Runs under a sender until the deadline. */
    void runUntil(long deadlineNs, Sender next) {
        sender = next;
        while ((nowNs = System.nanoTime()) < deadlineNs) {
            turn();
        }
        sender = Sender.NONE;
    }

    private void turn() {
        int received = sockets.receive(this::onDatagram);
        nowNs = System.nanoTime();
        if (nowNs >= nextSweepNs) {
            sweep();
        }
        long waitNs = sender.onTurn(this, nowNs);
        sockets.flush();
        if (received == 0 && waitNs > 0) {
            sockets.await(waitNs);
        }
    }

    private void onDatagram(int client, ByteBuffer datagram) {
        tally.down.count(datagram.remaining());
        clients[client].onDatagram(datagram, nowNs);
        transmit(client);
    }

    private void onEcho(int client, byte[] bytes, int offset, int length, long atNs) {
        var arrival = ledger.arrived(client, bytes, offset, length, atNs);
        tally.arrived(arrival, ledger.lastRttNs());
        if (arrival == EchoLedger.Arrival.ECHO) {
            sender.onEcho(this, client, atNs);
        }
    }

    /**
     * Gives the next messages of a client to it; they leave with {@link #transmit}, which follows
     * an arrival by itself.
     *
     * @param dueNs when they should have left
     * @return how many of them it took
     */
    int send(int client, int count, long dueNs) {
        LoadClient to = clients[client];
        int sent = 0;
        while (sent < count
                && to.connected()
                && to.send(ledger.next(client), messageBytes, nowNs)) {
            ledger.sent(client, dueNs);
            sent++;
        }
        tally.sent += sent;
        return sent;
    }

    /** Hands what a client wants to send to the sockets. */
    void transmit(int client) {
        while (clients[client].pollTransmit(transmit, nowNs)) {
            sockets.send(client, transmit.bytes, transmit.length);
            tally.up.count(transmit.length);
        }
    }

    private void sweep() {
        nextSweepNs = nowNs + SWEEP_NS;
        for (int n = Math.min(clients.length, MAX_PER_SWEEP); n > 0; n--) {
            int i = nextToSweep;
            nextToSweep = i + 1 == clients.length ? 0 : i + 1;
            tally.lost += ledger.expire(i, nowNs);
            if (tick(i, nowNs)) {
                transmit(i);
            }
        }
    }

    /** Lets a client's timer run if it is due; whether it was. */
    boolean tick(int client, long atNs) {
        boolean due = clients[client].nextTimeoutNs() <= atNs;
        if (due) {
            clients[client].onTimeout(atNs);
        }
        return due;
    }

    /** Starts a fresh tally and gives the one so far. */
    LoadTally takeTally() {
        LoadTally taken = tally;
        tally = new LoadTally();
        return taken;
    }

    LoadClient client(int index) {
        return clients[index];
    }

    /** Says goodbye for a client and puts a new one in its place, which begins to connect. */
    void renew(int index) {
        clients[index].close(nowNs);
        transmit(index);
        clients[index] = factory.create(index, this::onEcho);
        clients[index].start(nowNs);
        transmit(index);
    }

    int clientCount() {
        return clients.length;
    }

    /** Messages of a client that are on the way. */
    int outstanding(int client) {
        return ledger.outstanding(client);
    }

    /** Messages of all clients that are on the way. */
    long outstanding() {
        long sum = 0;
        for (int i = 0; i < clients.length; i++) {
            sum += ledger.outstanding(i);
        }
        return sum;
    }

    /** Counts messages that were due and had no room. */
    void blocked(int messages) {
        tally.blocked += messages;
    }

    ClientSockets sockets() {
        return sockets;
    }
}

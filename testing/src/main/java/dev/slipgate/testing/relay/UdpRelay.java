package dev.slipgate.testing.relay;

import dev.slipgate.testing.fault.FaultCounts;
import dev.slipgate.testing.fault.FaultLine;
import dev.slipgate.testing.fault.FaultPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/**
 * A lossy UDP path between any number of clients and one server, over real sockets: clients talk to
 * {@link #address}, and the server sees each of them at a port of its own. One platform thread does
 * everything; the other methods may be called from any thread. Every decision comes from the {@link
 * FaultPlan}, so the same plan and the same traffic give the same faults; only the scheduling of
 * the machine is not replayed.
 */
public final class UdpRelay implements AutoCloseable {
    /** Clients at once; the one that was silent for longest gives way to a new one. */
    static final int MAX_CLIENTS = 4096;

    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int MAX_READS_PER_TURN = 256;
    private static final int IDLE_WAIT_MS = 100;

    private final FaultPlan plan;
    private final SocketAddress server;
    private final Selector selector;
    private final DatagramChannel listener;
    private final ClientFlows flows;
    private final PendingDatagrams pending = new PendingDatagrams();
    private final FaultCounts up = new FaultCounts();
    private final FaultCounts down = new FaultCounts();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final Thread thread;
    private volatile boolean faulty = true;
    private volatile boolean closed;

    private UdpRelay(InetSocketAddress listen, InetSocketAddress server, FaultPlan plan)
            throws IOException {
        this.plan = plan;
        this.server = server;
        this.selector = Selector.open();
        this.listener = open();
        listener.bind(listen);
        listener.register(selector, SelectionKey.OP_READ);
        this.flows = new ClientFlows(MAX_CLIENTS, this::connect);
        this.thread = Thread.ofPlatform().name("udp-relay").daemon().unstarted(this::run);
    }

    /**
     * Starts relaying from {@code listen} (port 0 for any) to {@code server}.
     *
     * @throws IOException when the port is taken
     */
    public static UdpRelay start(InetSocketAddress listen, InetSocketAddress server, FaultPlan plan)
            throws IOException {
        var relay = new UdpRelay(listen, server, plan);
        relay.thread.start();
        return relay;
    }

    /** Where clients send to. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) listener.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FaultPlan plan() {
        return plan;
    }

    /** Switches all faults off or on again, rebinding included; they are on at the start. */
    public void faulty(boolean on) {
        faulty = on;
    }

    public RelayTotals totals() {
        return new RelayTotals(
                up.totals(),
                down.totals(),
                flows.opened(),
                flows.evicted(),
                flows.rebound(),
                pending.overflowed());
    }

    /** Stops at once; what is under way is lost. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                listener;
                flows) {
            while (!closed) {
                selector.select(pending.waitMs(System.nanoTime(), IDLE_WAIT_MS));
                turn(System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("relay stopped", e);
        }
    }

    private void turn(long nowNs) throws IOException {
        var ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            if (key.isValid() && key.attachment() instanceof ClientFlow flow) {
                readDown(flow, nowNs);
            } else if (key.isValid()) {
                readUp(nowNs);
            }
        }
        ready.clear();
        pending.sendDue(System.nanoTime());
    }

    private void readUp(long nowNs) throws IOException {
        for (int i = 0; i < MAX_READS_PER_TURN; i++) {
            scratch.clear();
            SocketAddress client = listener.receive(scratch);
            if (client == null) {
                return;
            }
            ClientFlow flow = flows.of(client, nowNs);
            if (faulty && flow.rebindDue(nowNs)) {
                flows.rebind(flow, nowNs);
            }
            schedule(decide(flow.up, nowNs), flow::sendUp);
        }
    }

    private void readDown(ClientFlow flow, long nowNs) throws IOException {
        for (int i = 0; i < MAX_READS_PER_TURN; i++) {
            scratch.clear();
            if (!flow.receive(scratch)) {
                return;
            }
            schedule(decide(flow.down, nowNs), bytes -> listener.send(bytes, flow.client));
        }
    }

    private List<FaultLine.Delivery> decide(FaultLine line, long nowNs) {
        byte[] datagram = new byte[scratch.flip().remaining()];
        scratch.get(datagram);
        return faulty ? line.offer(datagram, nowNs) : line.offerClean(datagram, nowNs);
    }

    private void schedule(List<FaultLine.Delivery> deliveries, PendingDatagrams.Exit exit) {
        for (FaultLine.Delivery delivery : deliveries) {
            pending.add(delivery, exit);
        }
    }

    private ClientFlow connect(SocketAddress client, int ordinal, long nowNs) throws IOException {
        var flow =
                new ClientFlow(
                        client,
                        plan.upLine(ordinal, up),
                        plan.downLine(ordinal, down),
                        plan.rebindMs(),
                        this::openUpstream);
        flow.rebind(nowNs);
        return flow;
    }

    private DatagramChannel openUpstream(ClientFlow flow) throws IOException {
        DatagramChannel upstream = open();
        upstream.connect(server);
        upstream.register(selector, SelectionKey.OP_READ, flow);
        return upstream;
    }

    private static DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        return channel;
    }
}

package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.crypto.Crypto;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many clients against one UDP server. Phases run one after another on the calling thread; between
 * them the sessions stay, but nobody answers for them, so phases should follow closely.
 */
public final class LoadGenerator implements AutoCloseable {
    /** What a load consists of. */
    public record Shape(InetSocketAddress server, int clients, int messageBytes) {
        /** Bounded by the loopback addresses of one socket, and by memory. */
        public static final int MAX_CLIENTS = 65_000;

        public Shape {
            if (clients < 1 || clients > MAX_CLIENTS) {
                throw new IllegalArgumentException(
                        clients + " clients, must be 1 to " + MAX_CLIENTS);
            }
        }
    }

    /** Handshakes at once: below what a gateway admits, and within its patience. */
    private static final int MAX_CONNECTING = 32;

    private static final long DRAIN_NS = EchoLedger.LOST_AFTER_NS + 200_000_000L;
    private static final long STEP_NS = 2_000_000L;

    private final Shape shape;
    private final ClientSockets sockets;
    private final LoadLoop loop;

    LoadGenerator(Shape shape, ClientSockets sockets, LoadClient.Factory factory) {
        this.shape = shape;
        this.sockets = sockets;
        this.loop = new LoadLoop(sockets, shape.clients(), shape.messageBytes(), factory);
    }

    /** Clients of a plain echo, see {@link ClearClient}. */
    public static LoadGenerator clear(Shape shape) throws IOException {
        return new LoadGenerator(shape, sockets(shape), ClearClient::new);
    }

    /**
     * Clients of a gateway's mpgameserver listener, see {@link SealedClient}.
     *
     * @param rootKey the public root key that they pin
     */
    public static LoadGenerator sealed(Shape shape, PublicKey rootKey, Crypto crypto)
            throws IOException {
        var common = new SealedClient.Common(rootKey, crypto);
        return new LoadGenerator(
                shape,
                sockets(shape),
                (client, echoes) -> new SealedClient(client, echoes, common));
    }

    static ClientSockets sockets(Shape shape) throws IOException {
        boolean manyAddresses =
                LinuxUdp.available()
                        && shape.server().getAddress().isLoopbackAddress()
                        && shape.server().getAddress().getAddress().length == 4;
        return manyAddresses
                ? new LoopbackSockets(shape.server(), shape.clients())
                : new ChannelSockets(shape.server(), shape.clients());
    }

    public Shape shape() {
        return shape;
    }

    /** How clients reach the network. */
    public String description() {
        return sockets.description();
    }

    /** Runs a phase and waits for its last echoes. */
    public LoadFigures run(Pace pace, long durationNs) {
        return run(pace, durationNs, () -> {});
    }

    /**
     * Runs a phase and waits for its last echoes.
     *
     * @param atEnd runs on this thread when the phase is over, before the wait
     */
    public LoadFigures run(Pace pace, long durationNs, Runnable atEnd) {
        long refusedBefore = sockets.refused();
        loop.takeTally();
        long startNs = System.nanoTime();
        loop.runUntil(startNs + durationNs, PaceSender.of(pace, startNs));
        long tookNs = System.nanoTime() - startNs;
        LoadTally phase = loop.takeTally();
        atEnd.run();
        drain();
        return phase.figures(tookNs, loop.takeTally().lost, sockets.refused() - refusedBefore);
    }

    private void drain() {
        long giveUpNs = System.nanoTime() + DRAIN_NS;
        while (loop.outstanding() > 0 && System.nanoTime() < giveUpNs) {
            loop.runUntil(System.nanoTime() + STEP_NS, LoadLoop.Sender.NONE);
        }
    }

    /** Runs without messages, so that sessions stay alive. */
    public void idle(long durationNs) {
        loop.runUntil(System.nanoTime() + durationNs, LoadLoop.Sender.NONE);
    }

    /**
     * Waits until every client is connected.
     *
     * @return null, or why not: the first client's failure, or the time being over
     */
    public @Nullable String connect(long timeoutNs) {
        long giveUpNs = System.nanoTime() + timeoutNs;
        while (System.nanoTime() < giveUpNs) {
            int connected = 0;
            for (int i = 0; i < loop.clientCount(); i++) {
                LoadClient client = loop.client(i);
                if (client.failure() != null) {
                    return "client " + i + ": " + client.failure();
                }
                connected += client.connected() ? 1 : 0;
            }
            if (connected == loop.clientCount()) {
                return null;
            }
            admit(Math.min(loop.clientCount(), connected + MAX_CONNECTING));
            loop.runUntil(System.nanoTime() + STEP_NS, LoadLoop.Sender.NONE);
        }
        return "not all clients were connected within %d s"
                .formatted(TimeUnit.NANOSECONDS.toSeconds(timeoutNs));
    }

    private void admit(int upTo) {
        long nowNs = System.nanoTime();
        for (int i = 0; i < upTo; i++) {
            loop.client(i).start(nowNs);
            loop.transmit(i);
        }
    }

    /** Says goodbye for every client. */
    @Override
    public void close() {
        long nowNs = System.nanoTime();
        for (int i = 0; i < loop.clientCount(); i++) {
            loop.client(i).close(nowNs);
            loop.transmit(i);
        }
        sockets.flush();
        sockets.close();
    }
}

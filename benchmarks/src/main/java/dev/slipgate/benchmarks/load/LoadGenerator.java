package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.crypto.Crypto;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    public static LoadGenerator clear(Shape shape, ClearFormat format) throws IOException {
        return new LoadGenerator(
                shape,
                sockets(shape),
                (client, echoes) -> new ClearClient(client, echoes, format, shape.messageBytes()));
    }

    /** Clients of a gateway: {@link SealedClient} or {@link NativeClient}, as the key says. */
    public static LoadGenerator sealed(Shape shape, PinnedKey key, Crypto crypto)
            throws IOException {
        return new LoadGenerator(shape, sockets(shape), clients(key, crypto));
    }

    private static LoadClient.Factory clients(PinnedKey key, Crypto crypto) {
        return switch (key) {
            case PinnedKey.OfMpGameServer pinned -> {
                var common = new SealedClient.Common(pinned.rootKey(), crypto);
                yield (client, echoes) -> new SealedClient(client, echoes, common);
            }
            case PinnedKey.OfSlipgate pinned -> {
                var common = new NativeClient.Common(pinned.key(), crypto);
                yield (client, echoes) -> new NativeClient(client, echoes, common);
            }
        };
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
     * @return null, or why not: a client's failure, or the time being over
     */
    public @Nullable String connect(long timeoutNs) {
        long giveUpNs = System.nanoTime() + timeoutNs;
        int first = 0;
        while (System.nanoTime() < giveUpNs) {
            while (first < loop.clientCount() && loop.client(first).connected()) {
                first++;
            }
            if (first == loop.clientCount()) {
                return failure(0, first);
            }
            int behind = Math.min(loop.clientCount(), first + MAX_CONNECTING);
            admit(first, behind);
            String failure = failure(first, behind);
            if (failure != null) {
                return failure;
            }
            loop.runUntil(System.nanoTime() + STEP_NS, LoadLoop.Sender.NONE);
        }
        return "not all clients were connected within %d s"
                .formatted(TimeUnit.NANOSECONDS.toSeconds(timeoutNs));
    }

    private void admit(int from, int behind) {
        long nowNs = System.nanoTime();
        for (int i = from; i < behind; i++) {
            loop.client(i).start(nowNs);
            loop.tick(i, nowNs); // the sweep may take a while to come to them
            loop.transmit(i);
        }
    }

    private @Nullable String failure(int from, int behind) {
        for (int i = from; i < behind; i++) {
            String failure = loop.client(i).failure();
            if (failure != null) {
                return "client " + i + ": " + failure;
            }
        }
        return null;
    }

    /** The first failure of a client that was connected, or null. */
    public @Nullable String failure() {
        return failure(0, loop.clientCount());
    }

    /**
     * Has every client connect, leave, and connect anew under the same address, again and again.
     *
     * @param atEnd runs on this thread when the time is over
     */
    public ConnectFigures connectAgainAndAgain(long durationNs, Runnable atEnd) {
        var sender = new ConnectSender(loop.clientCount());
        long startNs = System.nanoTime();
        loop.runUntil(startNs + durationNs, sender);
        long tookNs = System.nanoTime() - startNs;
        atEnd.run();
        return sender.figures(tookNs);
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

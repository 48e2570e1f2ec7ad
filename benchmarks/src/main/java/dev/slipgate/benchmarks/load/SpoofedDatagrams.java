package dev.slipgate.benchmarks.load;

import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends datagrams at a rate, each from a random loopback address, on a thread of its own; answers
 * are not read. Linux and a server on loopback only.
 */
public final class SpoofedDatagrams implements AutoCloseable {
    /** 127.128.0.0/9: not where clients are. */
    private static final int FIRST_HOST = 127 << 24 | 128 << 16;

    private static final int HOSTS = 1 << 23;
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** What is missed beyond it is not made up for. */
    private static final long MAX_LAG_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final InetSocketAddress server;
    private final List<byte[]> datagrams;
    private final long intervalNs;
    private final SplittableRandom random = new SplittableRandom(11);
    private final LongAdder sent = new LongAdder();
    private final Thread thread;
    private volatile boolean over;

    private SpoofedDatagrams(InetSocketAddress server, List<byte[]> datagrams, int perSecond) {
        this.server = server;
        this.datagrams = List.copyOf(datagrams);
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.thread = Thread.ofPlatform().daemon().name("spoofed-datagrams").unstarted(this::run);
    }

    /** Whether this system lets datagrams leave from any loopback address. */
    public static boolean available() {
        return LinuxUdp.available();
    }

    /**
     * Begins to send these datagrams, again and again, until it is closed.
     *
     * @param datagrams at most 2048 bytes each
     */
    public static SpoofedDatagrams start(
            InetSocketAddress server, List<byte[]> datagrams, int perSecond) {
        var spoofed = new SpoofedDatagrams(server, datagrams, perSecond);
        spoofed.thread.start();
        return spoofed;
    }

    /** Datagrams so far. */
    public long sent() {
        return sent.sum();
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            LinuxUdp socket = LinuxUdp.open(arena, ClientSockets.SOCKET_BUFFER_BYTES);
            var batch = new MessageBatch(arena);
            batch.prepareToSend(server);
            try {
                send(socket, batch);
            } finally {
                socket.close();
            }
        }
    }

    private void send(LinuxUdp socket, MessageBatch batch) {
        long dueNs = System.nanoTime();
        int next = 0;
        while (!over) {
            long nowNs = System.nanoTime();
            dueNs = Math.max(dueNs, nowNs - MAX_LAG_NS);
            int queued = 0;
            for (; dueNs <= nowNs && queued < MessageBatch.CAPACITY; dueNs += intervalNs) {
                byte[] datagram = datagrams.get(next);
                next = next + 1 == datagrams.size() ? 0 : next + 1;
                batch.put(queued++, anyHost(), datagram, datagram.length);
            }
            if (queued > 0) {
                sent.add(Math.max(0, socket.send(batch.from(0), queued)));
            }
            if (dueNs > nowNs) {
                LockSupport.parkNanos(SLICE_NS);
            }
        }
    }

    private int anyHost() {
        return MessageBatch.networkOrder(FIRST_HOST + random.nextInt(HOSTS));
    }

    /** Sends nothing more. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.slipgate.deploy.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends hostile datagrams at a rate from a thread of its own and many loopback addresses: noise,
 * captured packets with a bit turned, hellos right and wrong, and what a rogue client sends.
 */
final class Flood implements AutoCloseable {
    private static final int HOSTS = 500;
    private static final int MAX_DATAGRAM_BYTES = 1_472;
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Beyond it what was missed is not made up for. */
    private static final long MAX_LAG_NS = TimeUnit.SECONDS.toNanos(1);

    private final SplittableRandom random = new SplittableRandom(7);
    private final InetSocketAddress server;
    private final List<byte[]> captured;
    private final byte[] hello;
    private final RogueClient rogue;
    private final long intervalNs;
    private final List<DatagramChannel> hosts = new ArrayList<>();
    private final LongAdder sent = new LongAdder();
    private final Thread thread;
    private volatile boolean over;

    /**
     * @param captured of a real exchange, the hello first
     */
    Flood(InetSocketAddress server, List<byte[]> captured, RogueClient rogue, int perSecond)
            throws IOException {
        this.server = server;
        this.captured = List.copyOf(captured);
        this.hello = captured.getFirst();
        this.rogue = rogue;
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (int i = 0; i < HOSTS; i++) {
            var local = new InetSocketAddress("127.66." + i / 250 + "." + (1 + i % 250), 0);
            hosts.add(DatagramChannel.open().bind(local));
        }
        thread = Thread.ofPlatform().daemon().name("flood").start(this::run);
    }

    /** Datagrams so far. */
    long sent() {
        return sent.sum();
    }

    private void run() {
        long dueNs = System.nanoTime();
        try {
            while (!over) {
                long nowNs = System.nanoTime();
                dueNs = Math.max(dueNs, nowNs - MAX_LAG_NS);
                for (; dueNs <= nowNs; dueNs += intervalNs) {
                    sendOne();
                    sent.increment();
                }
                LockSupport.parkNanos(SLICE_NS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendOne() throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1 -> send(Mutation.random(random, random.nextInt(MAX_DATAGRAM_BYTES + 1)));
            case 2, 3 -> send(Mutation.turned(any(), random));
            case 4 -> send(Mutation.truncated(any(), random.nextInt(24, 200)));
            case 5 -> send(strangeHello());
            default -> rogue.misbehave(random);
        }
    }

    private byte[] any() {
        return captured.get(random.nextInt(captured.size()));
    }

    /** A hello with a CRC that is right: as it was, too short, or with something in it changed. */
    private byte[] strangeHello() {
        return switch (random.nextInt(4)) {
            case 0 -> hello;
            case 1 -> Mutation.helloOf(hello, random.nextInt(60, 1_400));
            default -> Mutation.withCrc(Mutation.turned(hello, random.nextInt(20, 150), 1));
        };
    }

    private void send(byte[] datagram) throws IOException {
        hosts.get(random.nextInt(HOSTS)).send(ByteBuffer.wrap(datagram), server);
    }

    /** Sends nothing more. */
    void stop() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        for (DatagramChannel host : hosts) {
            host.close();
        }
    }
}

package dev.slipgate.client;

import dev.slipgate.client.carrier.Carrier;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of a Slipgate cluster: one connection, over whatever its URI names.
 *
 * <p>It is driven in one of two ways. Unless told otherwise it has a daemon thread of its own, on
 * which it connects, sends, and calls its {@link ClientListener}. With {@link
 * ClientOptions.Builder#polled} it has none: everything happens within {@link #poll}, to be called
 * once per frame.
 *
 * <p>Thread-safe: any method may be called from any thread and from callbacks, but for {@code poll}
 * and {@code join}, which say so. No method blocks but {@code join}, and {@code connect} of a
 * polled client for the look-up of a name.
 */
public final class SlipgateClient implements AutoCloseable {
    /** What {@link #untilDeadlineNs} answers when nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The channel of {@link #send(byte[])}: ordered, each message once. */
    public static final int DEFAULT_CHANNEL = 0;

    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<ConnectOutcome> outcome = new CompletableFuture<>();
    private final AtomicBoolean driven = new AtomicBoolean();
    private final LongSupplier clock;
    private final long zeroNs;
    private final Target target;
    private final Events events;
    private final ClientCore core;
    private final Target.@Nullable Lookup knownAddress;
    private final @Nullable ClientThread thread;

    private SlipgateClient(Target target) {
        ClientOptions options = target.options();
        this.target = target;
        this.clock = options.clock();
        this.zeroNs = clock.getAsLong();
        this.events = new Events(this, options);
        this.core = new ClientCore(new Connections(target), options.reconnect(), events, 0);
        this.knownAddress = options.polled() ? target.lookUp() : null;
        this.thread = options.polled() ? null : new ClientThread(this);
    }

    /**
     * Begins to connect. What comes of it is told to the listener, and by {@link #join} and {@link
     * #outcome}; messages may be sent at once and travel as soon as they can.
     *
     * @param uri such as {@code udp://play.example.org?key=…}; {@link GatewayUri}
     * @throws InvalidGatewayUriException when the URI names no gateway
     */
    public static SlipgateClient connect(String uri, ClientOptions options) {
        return connect(GatewayUri.parse(uri), options);
    }

    /** The same with a URI that was read before. */
    public static SlipgateClient connect(GatewayUri uri, ClientOptions options) {
        var client = new SlipgateClient(new Target(uri, options));
        if (client.thread != null) {
            client.thread.start();
        }
        return client;
    }

    /**
     * Waits until it is connected. A polled client is polled meanwhile.
     *
     * @return this
     * @throws ConnectFailedException when it does not connect; at the latest when the connect
     *     timeout is over
     * @throws IllegalStateException from within a callback
     */
    public SlipgateClient join() throws ConnectFailedException, InterruptedException {
        ConnectOutcome came = awaitOutcome();
        if (came instanceof ConnectOutcome.Failed failed) {
            throw new ConnectFailedException(failed);
        }
        return this;
    }

    /** Waits as {@link #join} does, and tells what it came to. */
    public ConnectOutcome awaitOutcome() throws InterruptedException {
        if (thread == null) {
            pollUntilOutcome();
        } else if (thread.isCurrent()) {
            throw new IllegalStateException("a callback cannot wait for its own thread");
        }
        try {
            return outcome.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private void pollUntilOutcome() throws InterruptedException {
        try (var waiting = new Waiting()) {
            poll();
            while (!outcome.isDone()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                waiting.await(this, untilDeadlineNs());
                poll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the first attempt came to; null as long as it goes on. */
    public @Nullable ConnectOutcome outcome() {
        return outcome.getNow(null);
    }

    /** Whether a node has the connection now. */
    public boolean connected() {
        lock.lock();
        try {
            return core.connected();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is over for good; then sends are refused and nothing is called any more. */
    public boolean closed() {
        lock.lock();
        try {
            return core.over() && events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Sends on channel 0: once, and in order. As {@link #send(int, byte[])}. */
    public SendOutcome send(byte[] bytes) {
        return send(DEFAULT_CHANNEL, bytes);
    }

    /**
     * Sends a message in the channel's delivery mode. It leaves with the thread's next turn, or in
     * the next {@link #poll} or {@link #flush}, together with what else was sent by then. On a
     * reliable channel it is kept until the node has handled it; while there is no connection it
     * waits for the next, and an unreliable one is refused.
     *
     * @param channel 0 to 255
     * @param bytes copied during the call; may be empty
     * @throws IllegalArgumentException when there is no such channel
     */
    public SendOutcome send(int channel, byte[] bytes) {
        SendOutcome result;
        lock.lock();
        try {
            result = core.send(channel, bytes, 0, bytes.length, nowNs());
        } finally {
            lock.unlock();
        }
        wakeThread();
        return result;
    }

    /** Sends now what was sent so far; of use to a polled client after its frame's sends. */
    public void flush() {
        lock.lock();
        try {
            core.transmit(nowNs());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does whatever is to be done, and calls the listener for all that happened; never blocks. A
     * turn reads and sends at most 64 packets.
     *
     * @return whether there may be more to do at once
     * @throws IllegalStateException when the client has a thread, or from within a callback
     */
    public boolean poll() {
        if (thread != null) {
            throw new IllegalStateException("this client has a thread; poll is for polled() ones");
        }
        return step();
    }

    /**
     * Nanoseconds until {@link #poll} has something to do even if nothing comes; 0 when it has now,
     * {@link #NEVER} when it has not.
     */
    public long untilDeadlineNs() {
        lock.lock();
        try {
            long dueNs = events.isEmpty() ? core.nextTimeoutNs() : 0;
            return dueNs == Endpoint.NEVER ? NEVER : Math.max(0, dueNs - nowNs());
        } finally {
            lock.unlock();
        }
    }

    /** A turn of the thread, or of poll. */
    boolean step() {
        if (!driven.compareAndSet(false, true)) {
            throw new IllegalStateException("it is being polled already");
        }
        try {
            Target.Lookup lookup = lookUpIfDue();
            boolean more = turn(lookup);
            tellAll();
            flush();
            return more;
        } finally {
            driven.set(false);
        }
    }

    /** Outside of the lock: on a thread of its own it may take a while. */
    private Target.@Nullable Lookup lookUpIfDue() {
        lock.lock();
        try {
            if (!core.attemptDue(nowNs())) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        return knownAddress != null ? knownAddress : target.lookUp();
    }

    private boolean turn(Target.@Nullable Lookup lookup) {
        lock.lock();
        try {
            if (lookup != null) {
                core.begin(lookup, nowNs());
            }
            return core.turn(nowNs());
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        for (Runnable event = nextEvent(); event != null; event = nextEvent()) {
            try {
                event.run();
            } catch (RuntimeException | Error thrown) {
                if (thread == null) {
                    throw thrown; // the rest is told by the next poll
                }
                thread.onThrown(thrown);
            }
        }
    }

    private @Nullable Runnable nextEvent() {
        lock.lock();
        try {
            return events.poll();
        } finally {
            lock.unlock();
        }
    }

    void outcome(ConnectOutcome came) {
        outcome.complete(came);
    }

    void handled(SessionEnd end, int channel, long number, int length) {
        lock.lock();
        try {
            core.handled(end, channel, number, length, nowNs());
        } finally {
            lock.unlock();
        }
        wakeThread();
    }

    /** Under the lock: any thread that flushes may find a stream broken, and close it. */
    void watch(Selector selector) throws IOException {
        lock.lock();
        try {
            Carrier carrier = core.carrier();
            if (carrier != null) {
                carrier.watch(selector);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its thread ends: whatever is open is closed and told. */
    void abandon() {
        lock.lock();
        try {
            core.close(false, nowNs());
        } finally {
            lock.unlock();
        }
        tellAll();
    }

    private void wakeThread() {
        if (thread != null && !thread.isCurrent()) {
            thread.wake();
        }
    }

    private long nowNs() {
        return clock.getAsLong() - zeroNs;
    }

    /** What it counts. */
    public ClientStats stats() {
        lock.lock();
        try {
            return core.stats();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says goodbye, and is over. What was sent and is not delivered yet may be lost and settles as
     * UNKNOWN: who cares waits for the deliveries first. A polled client calls its listener within
     * this call, unless called from a callback. Harmless when repeated.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            core.close(thread != null, nowNs());
        } finally {
            lock.unlock();
        }
        if (thread != null) {
            wakeThread();
        } else if (driven.compareAndSet(false, true)) {
            try {
                tellAll();
            } finally {
                driven.set(false);
            }
        }
    }

    /** Waits until its thread has ended; returns at once for a polled client. */
    public boolean awaitClosed(long timeoutMs) throws InterruptedException {
        return thread == null
                ? closed()
                : thread.awaitEnd(TimeUnit.MILLISECONDS.toNanos(timeoutMs));
    }
}

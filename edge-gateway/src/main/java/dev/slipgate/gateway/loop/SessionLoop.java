package dev.slipgate.gateway.loop;

import dev.slipgate.fabric.bus.LoopTimer;
import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.session.Endpoint;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The driver of the endpoints of one event loop. After every input, be it a burst of datagrams, a
 * batch from the bus, a job that has run or a deadline, it lets the endpoints speak, sends what
 * they say with one flush, lets the bus send what they caused, and arms one timer. Confined to its
 * loop but for {@link #sessionCount} and {@link #handshakeCount}.
 */
public final class SessionLoop {
    private final EventLoop loop;
    private final LongSupplier clock;
    private final JobPool jobs;
    private final LoopTimer timer;
    private final List<EndpointDriver> drivers = new ArrayList<>();
    private final Runnable onNextTurn = this::onNextTurn;
    private Runnable busFlush = () -> {};
    private long burstNowNs = Endpoint.NEVER;
    private boolean nextTurnDue;
    private boolean closed;

    /**
     * @param clock the monotonic clock of the process
     * @param jobs where costly crypto runs
     */
    public SessionLoop(EventLoop loop, LongSupplier clock, JobPool jobs) {
        this.loop = loop;
        this.clock = clock;
        this.jobs = jobs;
        this.timer = new LoopTimer(loop, this::onTimer);
    }

    /**
     * Adds an endpoint and joins it with its carrier; before the carrier has sockets.
     *
     * @param maxDatagramBytes the largest datagram that the endpoint sends
     * @param carrier makes the carrier that delivers to this sink
     * @return what the endpoint has at any moment
     */
    public EndpointCounts add(
            Endpoint endpoint, int maxDatagramBytes, Function<PacketSink, PacketCarrier> carrier) {
        var driver = new EndpointDriver(this, endpoint, jobs, maxDatagramBytes);
        driver.sendBy(carrier.apply(driver));
        drivers.add(driver);
        return driver;
    }

    /** Sets what sends to the bus what sessions have caused; before there are any. */
    public void flushBusBy(Runnable busFlush) {
        this.busFlush = busFlush;
    }

    /** The event loop was fed from the bus, which is flushed by whoever says so. */
    public void onBusInput() {
        if (!closed) {
            speak(clock.getAsLong());
        }
    }

    /** One reading of the clock serves a whole burst. */
    long burstNowNs() {
        if (burstNowNs == Endpoint.NEVER) {
            burstNowNs = clock.getAsLong();
        }
        return burstNowNs;
    }

    void onBurstEnd() {
        burstNowNs = Endpoint.NEVER;
        onInput();
    }

    /** The endpoints or the lane were fed: lets the endpoints speak, then the bus. */
    public void onInput() {
        if (!closed) {
            speak(clock.getAsLong());
            busFlush.run();
        }
    }

    private void onTimer() {
        if (closed) {
            return;
        }
        long nowNs = clock.getAsLong();
        for (EndpointDriver driver : drivers) {
            driver.onTimeout(nowNs);
        }
        onInput();
    }

    private void speak(long nowNs) {
        long deadlineNs = Endpoint.NEVER;
        for (int i = 0; i < drivers.size(); i++) {
            EndpointDriver driver = drivers.get(i);
            driver.submitJobs();
            if (driver.transmit(nowNs) && !nextTurnDue) {
                nextTurnDue = true;
                loop.execute(onNextTurn);
            }
            driver.publishCounts();
            deadlineNs = Math.min(deadlineNs, driver.nextTimeoutNs());
        }
        timer.armNoLaterThan(deadlineNs, nowNs);
    }

    private void onNextTurn() {
        nextTurnDue = false;
        onInput();
    }

    /**
     * Closes all sessions with their goodbyes, which leave before this returns; nothing is read
     * after.
     */
    public void close(CloseReason reason) {
        long nowNs = clock.getAsLong();
        timer.cancel();
        for (EndpointDriver driver : drivers) {
            driver.close(reason, nowNs);
            while (driver.transmit(nowNs)) {
                // The last words of all sessions: as many turns as it takes, at a stop.
            }
            driver.publishCounts();
        }
        busFlush.run();
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    long nowNs() {
        return clock.getAsLong();
    }

    void execute(Runnable work) {
        loop.execute(work);
    }

    /** Live sessions; any thread. */
    public int sessionCount() {
        return drivers.stream().mapToInt(EndpointDriver::sessions).sum();
    }

    /** Strangers in the midst of a handshake; any thread. */
    public int handshakeCount() {
        return drivers.stream().mapToInt(EndpointDriver::handshakes).sum();
    }
}

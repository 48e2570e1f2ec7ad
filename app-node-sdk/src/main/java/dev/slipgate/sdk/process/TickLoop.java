package dev.slipgate.sdk.process;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.LongSupplier;

/** Drives a {@link Ticker} with one timer of its event loop, armed anew after each beat. */
final class TickLoop extends VerticleBase {
    private static final long MS_NS = 1_000_000L;

    private final Ticker ticker;
    private final LongSupplier nanoClock;
    private volatile boolean halted;
    private long timer;

    TickLoop(Ticker ticker, LongSupplier nanoClock) {
        this.ticker = ticker;
        this.nanoClock = nanoClock;
    }

    @Override
    public Future<?> start() {
        arm();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /** No tick begins from now on; any thread. */
    void halt() {
        halted = true;
    }

    /** Rounds up, so that the timer is not early; the beat keeps its place all the same. */
    private void arm() {
        long waitNs = ticker.nextTimeoutNs() - nanoClock.getAsLong();
        timer = vertx.setTimer(Math.max(1, (waitNs + MS_NS - 1) / MS_NS), id -> beat());
    }

    private void beat() {
        if (halted) {
            return;
        }
        ticker.onTimeout(nanoClock.getAsLong());
        arm();
    }
}

package dev.slipgate.sdk.process;

import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls a lane's loop from any thread. However often it is run, at most one call is on its way, so
 * that a thousand handlers that return at once cost the loop one task.
 */
final class Wakeup implements Runnable {
    private final Context loop;
    private final Runnable onLoop;
    private final AtomicBoolean underWay = new AtomicBoolean();

    Wakeup(Context loop, Runnable onLoop) {
        this.loop = loop;
        this.onLoop = onLoop;
    }

    @Override
    public void run() {
        if (underWay.compareAndSet(false, true)) {
            loop.runOnContext(ignored -> arrive());
        }
    }

    /**
     * Clears the mark first: what comes from now on may be missed by this call, and needs its own.
     */
    private void arrive() {
        underWay.set(false);
        onLoop.run();
    }
}

package dev.slipgate.protocol.session.timer;

import org.jspecify.annotations.Nullable;

/** Something with one timer in a {@link TimerWheel}; the links of its list are the wheel's. */
public abstract class TimerNode {
    /** A deadline that never comes. */
    public static final long UNARMED = Long.MAX_VALUE;

    long armedTick = UNARMED;
    @Nullable TimerNode previousInSlot;
    @Nullable TimerNode nextInSlot;

    /** The timer fired; it is not armed any more. It may be early. */
    protected abstract void onTimer(long nowNs);
}

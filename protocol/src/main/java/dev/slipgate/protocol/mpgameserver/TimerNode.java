package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.Nullable;

/** Something with one timer in a {@link TimerWheel}; the links of its list are the wheel's. */
abstract class TimerNode {
    static final long UNARMED = Long.MAX_VALUE;

    long armedTick = UNARMED;
    @Nullable TimerNode previousInSlot;
    @Nullable TimerNode nextInSlot;

    /** The timer fired; it is not armed any more. It may be early. */
    abstract void onTimer(long nowNs);
}

package dev.slipgate.protocol.session.timer;

import dev.slipgate.protocol.session.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Timers of many sessions, in slots of one millisecond. Arming costs a few nanoseconds and happens
 * lazily: a timer that moves later stays where it is, fires early, and is armed anew; so a packet
 * rarely touches the wheel. What is further away than the wheel reaches fires early too.
 */
public final class TimerWheel {
    /** How late a timer may fire. */
    public static final long TICK_NS = 1_000_000L;

    private static final int SLOTS = 1024;

    private final @Nullable TimerNode[] slots = new TimerNode[SLOTS];
    private final long[] occupied = new long[SLOTS / 64];
    private boolean started;
    private long currentTick;

    /** Makes the timer fire at {@code deadlineNs} or up to a tick later; an earlier one stays. */
    public void arm(TimerNode node, long deadlineNs, long nowNs) {
        start(nowNs);
        if (deadlineNs == Endpoint.NEVER) {
            return;
        }
        long tick = -Math.floorDiv(-deadlineNs, TICK_NS);
        tick = Math.max(currentTick + 1, Math.min(tick, currentTick + SLOTS - 1));
        if (node.armedTick <= tick) {
            return;
        }
        cancel(node);
        node.armedTick = tick;
        int slot = slotOf(tick);
        TimerNode first = slots[slot];
        node.nextInSlot = first;
        if (first != null) {
            first.previousInSlot = node;
        }
        slots[slot] = node;
        occupied[slot >> 6] |= 1L << slot;
    }

    /** Takes the timer out; harmless when it is not armed. */
    public void cancel(TimerNode node) {
        if (node.armedTick == TimerNode.UNARMED) {
            return;
        }
        TimerNode previous = node.previousInSlot;
        TimerNode next = node.nextInSlot;
        if (previous != null) {
            previous.nextInSlot = next;
        } else {
            int slot = slotOf(node.armedTick);
            slots[slot] = next;
            if (next == null) {
                occupied[slot >> 6] &= ~(1L << slot);
            }
        }
        if (next != null) {
            next.previousInSlot = previous;
        }
        node.previousInSlot = null;
        node.nextInSlot = null;
        node.armedTick = TimerNode.UNARMED;
    }

    /** Fires what is due. */
    public void advance(long nowNs) {
        start(nowNs);
        long target = Math.floorDiv(nowNs, TICK_NS);
        long steps = Math.min(target - currentTick, SLOTS);
        for (long step = 1; step <= steps; step++) {
            long tick = target - steps + step;
            currentTick = tick;
            fire(slotOf(tick), nowNs);
        }
    }

    /** When {@link #advance} is next worth calling, or {@link Endpoint#NEVER}. */
    public long nextNs() {
        int from = slotOf(currentTick + 1);
        for (int i = 0; i <= occupied.length; i++) {
            int word = ((from >> 6) + i) & (occupied.length - 1);
            long bits = occupied[word];
            if (i == 0) {
                bits &= -1L << from;
            }
            if (bits != 0) {
                int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                return (currentTick + 1 + ((slot - from) & (SLOTS - 1))) * TICK_NS;
            }
        }
        return Endpoint.NEVER;
    }

    private void fire(int slot, long nowNs) {
        TimerNode node = slots[slot];
        while (node != null) {
            // Ends: nothing is armed a whole round ahead, so what is armed now lands elsewhere.
            cancel(node);
            node.onTimer(nowNs);
            node = slots[slot];
        }
    }

    private void start(long nowNs) {
        if (!started) {
            started = true;
            currentTick = Math.floorDiv(nowNs, TICK_NS);
        }
    }

    private static int slotOf(long tick) {
        return (int) tick & (SLOTS - 1);
    }
}

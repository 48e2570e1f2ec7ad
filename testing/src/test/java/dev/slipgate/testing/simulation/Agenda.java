package dev.slipgate.testing.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time, and what is to happen in it; what falls on one time, in the order of asking. */
final class Agenda {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;

    /** Not 0, so that nobody takes it for "never". */
    static final long BEGIN_NS = 5 * SECOND;

    private record Entry(long atNs, long order, Runnable action) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(
                    Comparator.comparingLong(Entry::atNs).thenComparingLong(Entry::order));
    private long order;
    private long nowNs = BEGIN_NS;

    long nowNs() {
        return nowNs;
    }

    long elapsedMs() {
        return (nowNs - BEGIN_NS) / MS;
    }

    void at(long atNs, Runnable action) {
        entries.add(new Entry(Math.max(atNs, nowNs), order++, action));
    }

    void after(long delayNs, Runnable action) {
        at(nowNs + delayNs, action);
    }

    /** Does what is next, at its time; false when there is nothing. */
    boolean step() {
        Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        nowNs = next.atNs;
        next.action.run();
        return true;
    }
}

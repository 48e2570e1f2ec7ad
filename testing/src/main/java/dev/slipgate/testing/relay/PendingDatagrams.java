package dev.slipgate.testing.relay;

import dev.slipgate.testing.fault.FaultLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Datagrams that are under way, by the time they are due; equal times keep their order. */
final class PendingDatagrams {
    /** Where a datagram leaves. */
    @FunctionalInterface
    interface Exit {
        /** Sends, or loses it when the socket is full. */
        void send(ByteBuffer datagram) throws IOException;
    }

    private record Entry(FaultLine.Delivery delivery, long ordinal, Exit exit) {}

    /** About 80 MB of full datagrams. */
    static final int MAX_PENDING = 65_536;

    private final PriorityQueue<Entry> byTime =
            new PriorityQueue<>(
                    Comparator.<Entry>comparingLong(entry -> entry.delivery().atNs())
                            .thenComparingLong(Entry::ordinal));
    private final AtomicLong overflowed = new AtomicLong();
    private long ordinal;

    void add(FaultLine.Delivery delivery, Exit exit) {
        if (byTime.size() == MAX_PENDING) {
            overflowed.incrementAndGet();
            return;
        }
        byTime.add(new Entry(delivery, ordinal++, exit));
    }

    /** Sends what is due. What a socket refuses is lost, as on a real path. */
    void sendDue(long nowNs) {
        Entry next = byTime.peek();
        while (next != null && next.delivery().atNs() <= nowNs) {
            byTime.poll();
            try {
                next.exit().send(next.delivery().datagram());
            } catch (IOException unreachable) {
                // The peer's port is closed, or a rebinding closed ours: lost, as on a real path.
            }
            next = byTime.peek();
        }
    }

    /** How long a wait for input may last: 1 to {@code mostMs}. */
    long waitMs(long nowNs, long mostMs) {
        Entry next = byTime.peek();
        if (next == null) {
            return mostMs;
        }
        long dueMs = TimeUnit.NANOSECONDS.toMillis(next.delivery().atNs() - nowNs);
        return Math.clamp(dueMs, 1, mostMs);
    }

    /** Datagrams dropped because {@link #MAX_PENDING} were under way; any thread. */
    long overflowed() {
        return overflowed.get();
    }
}

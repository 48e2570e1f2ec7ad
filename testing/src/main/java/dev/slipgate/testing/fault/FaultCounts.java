package dev.slipgate.testing.fault;

import java.util.concurrent.atomic.AtomicLong;

/** What a direction of a path has done so far. Written by the thread of its lines, read by any. */
public final class FaultCounts {
    /**
     * The counts at one moment.
     *
     * @param offered datagrams that came in
     * @param delivered datagrams that go out, second copies included
     */
    public record Totals(
            long offered,
            long delivered,
            long clean,
            long lost,
            long duplicated,
            long reordered,
            long corrupted) {
        @Override
        public String toString() {
            return "%d in, %d out, %d clean, %d lost, %d duplicated, %d reordered, %d corrupted"
                    .formatted(offered, delivered, clean, lost, duplicated, reordered, corrupted);
        }
    }

    final AtomicLong offered = new AtomicLong();
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong clean = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong duplicated = new AtomicLong();
    final AtomicLong reordered = new AtomicLong();
    final AtomicLong corrupted = new AtomicLong();

    public Totals totals() {
        return new Totals(
                offered.get(),
                delivered.get(),
                clean.get(),
                lost.get(),
                duplicated.get(),
                reordered.get(),
                corrupted.get());
    }
}

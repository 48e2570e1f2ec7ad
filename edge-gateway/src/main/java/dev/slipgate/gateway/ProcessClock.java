package dev.slipgate.gateway;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The monotonic clock of a process: nanoseconds since it was made, so that small numbers are small
 * times. Wall time is read once. Thread-safe.
 */
final class ProcessClock implements LongSupplier {
    private final long baseNs = System.nanoTime();
    private final long epochAtZeroNs;

    ProcessClock() {
        Instant now = Instant.now();
        epochAtZeroNs =
                TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - getAsLong();
    }

    @Override
    public long getAsLong() {
        return System.nanoTime() - baseNs;
    }

    /**
     * Nanoseconds from 1970 to this clock's zero; for what a dialect puts on the wire as a date.
     */
    long epochAtZeroNs() {
        return epochAtZeroNs;
    }
}

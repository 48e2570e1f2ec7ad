package dev.slipgate.testing.fault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One direction of one client's path, as decisions: a datagram and the time go in, deliveries with
 * their times come out. The same seed and the same sequence of datagrams give the same decisions.
 * Every datagram takes the same number of draws, so that changing one rate leaves the decisions of
 * the others as they were. Confined to one thread.
 */
public final class FaultLine {
    /**
     * A datagram that arrives.
     *
     * @param datagram backed by an array, from 0 to its limit; the receiver may overwrite it
     * @param atNs when, on the clock of {@link FaultLine#offer}
     */
    public record Delivery(ByteBuffer datagram, long atNs) {}

    private static final int MAX_FLIPPED_BITS = 3;

    private final FaultRates rates;
    private final SplittableRandom random;
    private final FaultCounts counts;
    private int cleanLeft;
    private long lastInOrderNs = Long.MIN_VALUE;

    FaultLine(FaultRates rates, long seed, int cleanFirst, FaultCounts counts) {
        this.rates = rates;
        this.random = new SplittableRandom(seed);
        this.cleanLeft = cleanFirst;
        this.counts = counts;
    }

    /**
     * Decides what becomes of a datagram: nothing, one delivery or two.
     *
     * @param datagram belongs to the line from now on
     */
    public List<Delivery> offer(byte[] datagram, long nowNs) {
        counts.offered.incrementAndGet();
        if (cleanLeft > 0) {
            cleanLeft--;
            return pass(datagram, nowNs);
        }
        return decide(datagram, nowNs);
    }

    /** Delivers a datagram untouched, at once, drawing nothing: for a path told to be clean. */
    public List<Delivery> offerClean(byte[] datagram, long nowNs) {
        counts.offered.incrementAndGet();
        return pass(datagram, nowNs);
    }

    private List<Delivery> pass(byte[] datagram, long nowNs) {
        counts.clean.incrementAndGet();
        counts.delivered.incrementAndGet();
        return List.of(new Delivery(ByteBuffer.wrap(datagram), nowNs));
    }

    private List<Delivery> decide(byte[] datagram, long nowNs) {
        boolean lost = random.nextDouble() < rates.loss();
        boolean duplicated = random.nextDouble() < rates.duplication();
        boolean reordered = random.nextDouble() < rates.reordering();
        boolean corrupted = random.nextDouble() < rates.corruption();
        double jitter = random.nextDouble();
        double heldBack = random.nextDouble();
        double copyBehind = random.nextDouble();
        long flips = random.nextLong();
        if (lost) {
            counts.lost.incrementAndGet();
            return List.of();
        }
        byte[] arriving = corrupted ? corrupt(datagram, flips) : datagram;
        long atNs = arrivalNs(nowNs, jitter, reordered, heldBack);
        counts.delivered.incrementAndGet();
        var first = new Delivery(ByteBuffer.wrap(arriving), atNs);
        if (!duplicated) {
            return List.of(first);
        }
        counts.duplicated.incrementAndGet();
        counts.delivered.incrementAndGet();
        var copy = ByteBuffer.wrap(arriving.clone());
        return List.of(first, new Delivery(copy, atNs + holdNs(copyBehind)));
    }

    private long arrivalNs(long nowNs, double jitter, boolean reordered, double heldBack) {
        long delayNs = TimeUnit.MILLISECONDS.toNanos(rates.delayMs());
        long jitterNs = (long) (jitter * TimeUnit.MILLISECONDS.toNanos(rates.jitterMs()));
        long inOrderNs = Math.max(nowNs + delayNs + jitterNs, lastInOrderNs);
        if (reordered) {
            counts.reordered.incrementAndGet();
            return inOrderNs + holdNs(heldBack);
        }
        lastInOrderNs = inOrderNs;
        return inOrderNs;
    }

    /**
     * From a quarter of the longest hold to all of it: a hold of almost nothing reorders nothing.
     */
    private long holdNs(double draw) {
        return (long) ((0.25 + 0.75 * draw) * TimeUnit.MILLISECONDS.toNanos(rates.reorderMs()));
    }

    private byte[] corrupt(byte[] datagram, long flips) {
        if (datagram.length == 0) {
            return datagram;
        }
        counts.corrupted.incrementAndGet();
        byte[] copy = datagram.clone();
        var bits = new SplittableRandom(flips);
        int count = 1 + bits.nextInt(MAX_FLIPPED_BITS);
        for (int i = 0; i < count; i++) {
            int bit = bits.nextInt(copy.length * Byte.SIZE);
            copy[bit >> 3] ^= (byte) (1 << (bit & 7));
        }
        // An even number of flips of the same bit would have left the datagram whole.
        if (Arrays.equals(copy, datagram)) {
            copy[0] ^= 1;
        }
        return copy;
    }
}

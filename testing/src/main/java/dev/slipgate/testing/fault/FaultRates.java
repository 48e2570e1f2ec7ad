package dev.slipgate.testing.fault;

/**
 * What one direction of a path does to datagrams. Shares are 0.0 to 1.0 and drawn independently of
 * each other.
 *
 * @param loss share that never arrives
 * @param duplication share that arrives twice, the second copy up to {@code reorderMs} later
 * @param reordering share that is held back by up to {@code reorderMs}, so that later ones overtake
 * @param reorderMs how long a datagram is held back at most; 1 or more
 * @param delayMs what every datagram takes
 * @param jitterMs what it takes at most beyond that; jitter alone never reorders
 * @param corruption share with one to three bits flipped
 */
public record FaultRates(
        double loss,
        double duplication,
        double reordering,
        int reorderMs,
        int delayMs,
        int jitterMs,
        double corruption) {

    /** 40 ms: more than two frames of a client that sends 60 packets a second. */
    public static final int DEFAULT_REORDER_MS = 40;

    /** A path that does nothing. */
    public static final FaultRates NONE = new FaultRates(0, 0, 0, DEFAULT_REORDER_MS, 0, 0, 0);

    public FaultRates {
        requireShare("loss", loss);
        requireShare("duplication", duplication);
        requireShare("reordering", reordering);
        requireShare("corruption", corruption);
        requireAtLeast("reorderMs", reorderMs, 1);
        requireAtLeast("delayMs", delayMs, 0);
        requireAtLeast("jitterMs", jitterMs, 0);
    }

    public FaultRates withLoss(double share) {
        return new FaultRates(
                share, duplication, reordering, reorderMs, delayMs, jitterMs, corruption);
    }

    public FaultRates withDuplication(double share) {
        return new FaultRates(loss, share, reordering, reorderMs, delayMs, jitterMs, corruption);
    }

    public FaultRates withReordering(double share, int heldBackMs) {
        return new FaultRates(loss, duplication, share, heldBackMs, delayMs, jitterMs, corruption);
    }

    public FaultRates withDelay(int delay, int jitter) {
        return new FaultRates(loss, duplication, reordering, reorderMs, delay, jitter, corruption);
    }

    public FaultRates withCorruption(double share) {
        return new FaultRates(loss, duplication, reordering, reorderMs, delayMs, jitterMs, share);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be 0.0 to 1.0");
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", must be " + least + " up");
        }
    }
}

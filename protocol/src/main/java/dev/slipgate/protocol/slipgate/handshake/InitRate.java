package dev.slipgate.protocol.slipgate.handshake;

/** Whether more INITs came in this second or the one before than a threshold. */
final class InitRate {
    private static final long SECOND_NS = 1_000_000_000L;

    private final int threshold;
    private long second = Long.MIN_VALUE;
    private int thisSecond;
    private int formerSecond;

    InitRate(int threshold) {
        this.threshold = threshold;
    }

    /** Counts one more; true when they are too many. */
    boolean countAndCompare(long nowNs) {
        long now = Math.floorDiv(nowNs, SECOND_NS);
        if (now != second) {
            formerSecond = now - 1 == second ? thisSecond : 0;
            thisSecond = 0;
            second = now;
        }
        thisSecond++;
        return thisSecond > threshold || formerSecond > threshold;
    }
}

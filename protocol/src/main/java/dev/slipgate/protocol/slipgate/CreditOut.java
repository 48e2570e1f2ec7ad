package dev.slipgate.protocol.slipgate;

/**
 * What the peer lets us begin to send of reliable messages. {@code docs/wire-protocol.md}, FLOW.
 */
final class CreditOut {
    private final long windowBytes;
    private long limitBytes;
    private long usedBytes;

    /**
     * @param windowBytes the first limit; the peer never grants more than this beyond what it has
     *     handled
     */
    CreditOut(long windowBytes) {
        this.windowBytes = windowBytes;
        this.limitBytes = windowBytes;
    }

    /** Whether such a message can be sent at all. */
    boolean everFits(int costBytes) {
        return costBytes <= windowBytes;
    }

    boolean fits(int costBytes) {
        return usedBytes + costBytes <= limitBytes;
    }

    void use(int costBytes) {
        usedBytes += costBytes;
    }

    /** Takes a FLOW frame; a limit below the present one is an old frame. */
    void onLimit(long newLimitBytes) {
        limitBytes = Math.max(limitBytes, newLimitBytes);
    }
}

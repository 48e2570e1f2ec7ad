package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.MessageCost;

/**
 * What we let the peer begin to send of reliable messages: a window above what has left our hold.
 * {@code docs/wire-protocol.md}, FLOW.
 */
final class CreditIn {
    /** A raise of this part of the window is told at once, ... */
    private static final int DUE_PART = 4;

    /** ... one of this part in any packet that is sent anyway. */
    private static final int WELCOME_PART = 8;

    private final long windowBytes;
    private final int largestCostBytes;
    private long limitBytes;
    private long toldBytes;
    private long usedBytes;
    private long consumedBytes;

    CreditIn(long windowBytes, int largestMessageBytes) {
        this.windowBytes = windowBytes;
        this.largestCostBytes = MessageCost.of(largestMessageBytes);
        this.limitBytes = windowBytes;
        this.toldBytes = windowBytes;
    }

    /** The peer begins a message; false when it was not granted. */
    boolean tryUse(int costBytes) {
        if (usedBytes + costBytes > limitBytes) {
            return false;
        }
        usedBytes += costBytes;
        return true;
    }

    /** Messages have left the hold. */
    void onConsumed(long costBytes) {
        consumedBytes += costBytes;
        limitBytes = consumedBytes + windowBytes;
    }

    /** Whether the peer should be told now. */
    boolean due() {
        long raise = limitBytes - toldBytes;
        if (raise >= windowBytes / DUE_PART && raise > 0) {
            return true;
        }
        // Nothing is left whose handling would raise it further, and the peer may be stuck.
        return raise > 0 && consumedBytes >= usedBytes && toldBytes - usedBytes < largestCostBytes;
    }

    /** Whether it is worth a few bytes of a packet that is sent anyway. */
    boolean welcome() {
        long raise = limitBytes - toldBytes;
        return raise > 0 && raise >= windowBytes / WELCOME_PART;
    }

    long limitBytes() {
        return limitBytes;
    }

    void onTold() {
        toldBytes = limitBytes;
    }

    /** The frame with this limit is lost. */
    void onLost(long lostLimitBytes) {
        if (lostLimitBytes == toldBytes) {
            // What was told before is unknown here, but anything smaller makes it due again.
            toldBytes = Math.min(toldBytes, limitBytes - Math.max(windowBytes / DUE_PART, 1));
        }
    }
}

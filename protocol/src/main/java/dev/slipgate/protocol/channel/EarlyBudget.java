package dev.slipgate.protocol.channel;

/** What all ordered channels of an end may hold of early messages. Confined to one thread. */
final class EarlyBudget {
    private final long maxBytes;
    private long usedBytes;

    EarlyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean tryUse(int costBytes) {
        if (usedBytes + costBytes > maxBytes) {
            return false;
        }
        usedBytes += costBytes;
        return true;
    }

    void giveBack(int costBytes) {
        usedBytes -= costBytes;
    }

    long usedBytes() {
        return usedBytes;
    }
}

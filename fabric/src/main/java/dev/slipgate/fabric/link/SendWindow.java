package dev.slipgate.fabric.link;

/**
 * What one direction of a lane may still hand to the bus: at most a window of unacknowledged bytes,
 * and never beyond the other side's credit. Confined to the lane's thread.
 */
final class SendWindow {
    /** Batches in flight; with a window of 1 MiB it is reached only by batches below 512 bytes. */
    private static final int MAX_BATCHES = 2048;

    private final int windowBytes;
    private final int[] sizes = new int[MAX_BATCHES];
    private long nextNumber = 1;
    private long acked;
    private long unackedBytes;
    private long sentBytes;
    private long creditLimit;

    SendWindow(int windowBytes) {
        this.windowBytes = windowBytes;
    }

    /** A new epoch: numbers begin anew. */
    void reset(long firstCredit) {
        nextNumber = 1;
        acked = 0;
        unackedBytes = 0;
        sentBytes = 0;
        creditLimit = firstCredit;
    }

    boolean open() {
        return unackedBytes < windowBytes
                && sentBytes < creditLimit
                && nextNumber - acked <= MAX_BATCHES;
    }

    /** A batch is handed to the bus; its number. */
    long sent(int lengthBytes) {
        sizes[(int) nextNumber & MAX_BATCHES - 1] = lengthBytes;
        unackedBytes += lengthBytes;
        sentBytes += lengthBytes;
        return nextNumber++;
    }

    /** Everything up to a number has come; false when that was never sent. */
    boolean acknowledged(long upTo) {
        if (upTo >= nextNumber) {
            return false;
        }
        while (acked < upTo) {
            acked++;
            unackedBytes -= sizes[(int) acked & MAX_BATCHES - 1];
        }
        return true;
    }

    void credit(long limitBytes) {
        creditLimit = Math.max(creditLimit, limitBytes);
    }

    long unackedBytes() {
        return unackedBytes;
    }
}

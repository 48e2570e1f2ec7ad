package dev.slipgate.fabric.link;

/**
 * What one direction of a lane has brought: the numbers that came, when to acknowledge them, and
 * the credit given. Confined to the lane's thread.
 */
final class ReceiveWindow {
    /** An ack waits this long for a batch that carries it along. */
    private static final long ACK_DELAY_NS = 20_000_000L;

    private final int windowBytes;
    private long received;
    private long ackedTo;
    private long receivedBytes;
    private long unackedBytes;
    private long grantedLimit;
    private long ackDueNs = Long.MAX_VALUE;

    ReceiveWindow(int windowBytes) {
        this.windowBytes = windowBytes;
    }

    /**
     * A new epoch: numbers begin anew, with one window of credit, which HELLO and WELCOME have
     * told.
     */
    void reset() {
        received = 0;
        ackedTo = 0;
        receivedBytes = 0;
        unackedBytes = 0;
        grantedLimit = windowBytes;
        ackDueNs = Long.MAX_VALUE;
    }

    int windowBytes() {
        return windowBytes;
    }

    /** Whether the batch with this number is the next; then it is taken. */
    boolean take(long number, int lengthBytes, long nowNs) {
        if (number != received + 1) {
            return false;
        }
        received = number;
        receivedBytes += lengthBytes;
        unackedBytes += lengthBytes;
        ackDueNs =
                unackedBytes >= windowBytes / 4 ? nowNs : Math.min(ackDueNs, nowNs + ACK_DELAY_NS);
        return true;
    }

    /** The highest number up to which all came. */
    long received() {
        return received;
    }

    /** An ack goes out; what to write into the header. */
    long acknowledge() {
        ackedTo = received;
        unackedBytes = 0;
        ackDueNs = Long.MAX_VALUE;
        return ackedTo;
    }

    long ackDueNs() {
        return ackDueNs;
    }

    /** Whether half of the credit is used up, so that more is to be given. */
    boolean creditDue() {
        return grantedLimit - receivedBytes < windowBytes / 2;
    }

    /** More credit goes out; the limit to write. */
    long grant() {
        grantedLimit = receivedBytes + windowBytes;
        return grantedLimit;
    }
}

package dev.slipgate.protocol.mpgameserver;

import java.util.Arrays;

/**
 * The packets of ours that may still be acknowledged, and what each carried. A packet is lost when
 * three later ones are acknowledged, or by time (RFC 9002, section 6.1). What it carried stays
 * known for a while after that, so that a late acknowledgement spares a retry.
 */
final class SentPackets {
    /** What becomes of packets. Called from {@link #onAck} and {@link #onTimeout}. */
    interface Listener {
        /** The peer has this message number. */
        void onPartAcked(int messageNumber, long nowNs);

        /** The packet with this number is lost, and carried that message number. */
        void onPartLost(int messageNumber, int packetNumber);
    }

    /**
     * How many packets may be out: what a peer acknowledges is the newest and the 32 before it.
     * Keep-alives are not held back, but count.
     */
    static final int SPAN = 32;

    private static final int SLOTS = 64;
    private static final int REORDERING = 3;

    private static final byte DONE = 0;
    private static final byte FLYING = 1;
    private static final byte LOST = 2;

    private final long[] sentAtNs = new long[SLOTS];
    private final byte[] state = new byte[SLOTS];
    private final boolean[] measured = new boolean[SLOTS];
    private final short[] contentCount = new short[SLOTS];
    private final short[][] contents = new short[SLOTS][];
    private final RttEstimator rtt;
    private final DelayWindow window;

    private int next;
    private int oldestFlying;
    private int lastAck;
    private int lastAckBits;
    long acked;
    long timedOut;

    SentPackets(int firstNumber, RttEstimator rtt, DelayWindow window) {
        this.next = firstNumber;
        this.oldestFlying = firstNumber;
        this.rtt = rtt;
        this.window = window;
        Arrays.fill(contents, new short[0]);
    }

    /** Whether a packet may be sent, other than a keep-alive. */
    boolean open() {
        return RingNumber.diff(next, oldestFlying) < window.size();
    }

    /** Packets from the oldest that may still be acknowledged to the newest. */
    int outstanding() {
        return RingNumber.diff(next, oldestFlying);
    }

    /**
     * Starts the next packet and answers its number; what it carries follows by {@link #add} and
     * {@link #measure}.
     */
    int begin(long nowNs, Listener listener) {
        int number = next;
        if (RingNumber.diff(number, oldestFlying) >= SPAN) {
            // Only a keep-alive gets here; it pushes the oldest out of the peer's reach.
            lose(oldestFlying, listener);
            skipDone();
        }
        int slot = slotOf(number);
        state[slot] = FLYING;
        measured[slot] = false;
        sentAtNs[slot] = nowNs;
        contentCount[slot] = 0;
        next = RingNumber.next(number);
        return number;
    }

    /** The packet of {@link #begin} carries this kept message number. */
    void add(int packetNumber, int messageNumber) {
        int slot = slotOf(packetNumber);
        int count = contentCount[slot]++;
        if (count == contents[slot].length) {
            contents[slot] = Arrays.copyOf(contents[slot], count == 0 ? 4 : count * 2);
        }
        contents[slot][count] = (short) messageNumber;
    }

    /** The packet carries any message, so the peer acknowledges it soon: its round trip counts. */
    void measure(int packetNumber) {
        measured[slotOf(packetNumber)] = true;
    }

    /** Takes the acknowledgement in a header. Returns whether it told anything new. */
    boolean onAck(int ack, int ackBits, long nowNs, Listener listener) {
        if (ack == 0 || (ack == lastAck && ackBits == lastAckBits)) {
            return false;
        }
        if (RingNumber.diff(ack, next) >= 0 || RingNumber.diff(next, ack) >= SLOTS) {
            return false;
        }
        int news = ackBits & ~toldBefore(ack);
        lastAck = ack;
        lastAckBits = ackBits;
        boolean progress = ackOne(ack, nowNs, true, listener);
        for (int bits = news; bits != 0; bits &= ~Integer.highestOneBit(bits)) {
            int behind = Integer.numberOfLeadingZeros(bits) + 1;
            if (RingNumber.diff(next, ack) + behind < SLOTS) {
                progress |= ackOne(RingNumber.back(ack, behind), nowNs, false, listener);
            }
        }
        if (progress) {
            rtt.onProgress();
            loseBefore(ack, listener);
        }
        return progress;
    }

    /**
     * The bits of a header with this ack that the last one told already: all but one, as a rule.
     */
    private int toldBefore(int ack) {
        int ahead = lastAck == 0 ? 0 : RingNumber.diff(ack, lastAck);
        if (ahead <= 0 || ahead > Integer.SIZE) {
            return 0;
        }
        int older = ahead == Integer.SIZE ? 0 : lastAckBits >>> ahead;
        return older | Integer.MIN_VALUE >>> (ahead - 1);
    }

    private boolean ackOne(int number, long nowNs, boolean newest, Listener listener) {
        int slot = slotOf(number);
        if (state[slot] == DONE) {
            return false;
        }
        if (newest && state[slot] == FLYING) {
            window.sample(nowNs - sentAtNs[slot], nowNs);
            if (measured[slot]) {
                rtt.sample(nowNs - sentAtNs[slot]);
            }
        }
        state[slot] = DONE;
        acked++;
        short[] carried = contents[slot];
        for (int i = 0; i < contentCount[slot]; i++) {
            listener.onPartAcked(carried[i] & 0xffff, nowNs);
        }
        return true;
    }

    private void loseBefore(int ack, Listener listener) {
        int number = oldestFlying;
        while (RingNumber.diff(ack, number) >= REORDERING) {
            lose(number, listener);
            number = RingNumber.next(number);
        }
        skipDone();
    }

    private void lose(int number, Listener listener) {
        int slot = slotOf(number);
        if (state[slot] != FLYING) {
            return;
        }
        state[slot] = LOST;
        timedOut++;
        short[] carried = contents[slot];
        for (int i = 0; i < contentCount[slot]; i++) {
            listener.onPartLost(carried[i] & 0xffff, number);
        }
    }

    private void skipDone() {
        while (oldestFlying != next && state[slotOf(oldestFlying)] != FLYING) {
            oldestFlying = RingNumber.next(oldestFlying);
        }
    }

    /** When the oldest packet counts as lost, or {@link Long#MAX_VALUE} when none is out. */
    long lossDeadlineNs() {
        return oldestFlying == next
                ? Long.MAX_VALUE
                : sentAtNs[slotOf(oldestFlying)] + rtt.timeoutNs();
    }

    /** Gives up packets that are out for too long. */
    void onTimeout(long nowNs, Listener listener) {
        long timeoutNs = rtt.timeoutNs();
        boolean lostContent = false;
        while (oldestFlying != next && sentAtNs[slotOf(oldestFlying)] + timeoutNs <= nowNs) {
            lostContent |= contentCount[slotOf(oldestFlying)] > 0;
            lose(oldestFlying, listener);
            skipDone();
        }
        if (lostContent) {
            rtt.onTimeout();
        }
    }

    private static int slotOf(int number) {
        return number & (SLOTS - 1);
    }
}

package dev.slipgate.protocol.slipgate.recovery;

import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import java.util.Arrays;

/**
 * The packets sent whose fate is open: a ring of parallel arrays, indexed by packet number. It
 * begins with 8 slots (256 bytes) and doubles up to {@link #MAX_SLOTS}. Silent packets give way to
 * newer ones before it grows: nobody waits for them.
 */
final class SentPackets {
    static final int INITIAL_SLOTS = 8;
    static final int MAX_SLOTS = 8192;

    private static final int PRESENT = 1;
    private static final int IN_FLIGHT = 2;
    private static final int ELICITING = 4;
    private static final int ACKED = 8;
    private static final int BYTES_SHIFT = 4;

    private long[] sentNs = new long[INITIAL_SLOTS];
    private long[] reported = new long[INITIAL_SLOTS];
    private int[] handles = new int[INITIAL_SLOTS];

    /** Flags and, above them, the size in bytes; 0 is an empty slot. */
    private int[] states = new int[INITIAL_SLOTS];

    private int mask = INITIAL_SLOTS - 1;
    private long first;
    private long next;
    private long bytesInFlight;
    private int elicitingInFlight;
    private int sinceEliciting;

    /**
     * Records the next packet.
     *
     * @return its number
     * @throws IllegalStateException when {@link #MAX_SLOTS} packets are open
     */
    long record(SentKind kind, int bytes, int handle, long reportedByIt, long nowNs) {
        if (span() == states.length) {
            makeRoom();
        }
        int slot = (int) next & mask;
        sentNs[slot] = nowNs;
        reported[slot] = reportedByIt;
        handles[slot] = handle;
        states[slot] = bytes << BYTES_SHIFT | flags(kind);
        sinceEliciting = kind == SentKind.ELICITING ? 0 : sinceEliciting + 1;
        bytesInFlight += kind == SentKind.SILENT ? 0 : bytes;
        elicitingInFlight += kind == SentKind.ELICITING ? 1 : 0;
        return next++;
    }

    private static int flags(SentKind kind) {
        return switch (kind) {
            case SILENT -> PRESENT;
            case PADDED -> PRESENT | IN_FLIGHT;
            case ELICITING -> PRESENT | IN_FLIGHT | ELICITING;
        };
    }

    private void makeRoom() {
        if ((states[(int) first & mask] & IN_FLIGHT) == 0) {
            remove(first);
            advance();
            return;
        }
        if (states.length == MAX_SLOTS) {
            throw new IllegalStateException(MAX_SLOTS + " packets are open");
        }
        resize(2 * states.length);
    }

    private void resize(int slots) {
        var newSentNs = new long[slots];
        var newReported = new long[slots];
        var newHandles = new int[slots];
        var newStates = new int[slots];
        for (long number = first; number < next; number++) {
            int from = (int) number & mask;
            int to = (int) number & (slots - 1);
            newSentNs[to] = sentNs[from];
            newReported[to] = reported[from];
            newHandles[to] = handles[from];
            newStates[to] = states[from];
        }
        sentNs = newSentNs;
        reported = newReported;
        handles = newHandles;
        states = newStates;
        mask = slots - 1;
    }

    /** Gives memory back that a burst took. */
    void trim() {
        int slots = INITIAL_SLOTS;
        while (slots < span()) {
            slots *= 2;
        }
        if (slots < states.length) {
            resize(slots);
        }
    }

    /** Slots in use: from the oldest open packet to the newest. */
    int span() {
        return (int) (next - first);
    }

    /** Slots that there are. */
    int slots() {
        return states.length;
    }

    /** The number of the next packet. */
    long next() {
        return next;
    }

    /** The oldest number that may be open; {@link #next} when none is. */
    long first() {
        return first;
    }

    long bytesInFlight() {
        return bytesInFlight;
    }

    int elicitingInFlight() {
        return elicitingInFlight;
    }

    /** Packets recorded since the last eliciting one. */
    int sinceEliciting() {
        return sinceEliciting;
    }

    boolean isOpen(long number) {
        return number >= first && number < next && state(number) != 0;
    }

    /** Marks an open packet as acknowledged; false when it is not open, or marked. */
    boolean tryMarkAcked(long number) {
        if (!isOpen(number) || isMarkedAcked(number)) {
            return false;
        }
        states[(int) number & mask] |= ACKED;
        return true;
    }

    boolean isMarkedAcked(long number) {
        return (state(number) & ACKED) != 0;
    }

    boolean isEliciting(long number) {
        return (state(number) & ELICITING) != 0;
    }

    boolean isInFlight(long number) {
        return (state(number) & IN_FLIGHT) != 0;
    }

    int bytes(long number) {
        return state(number) >>> BYTES_SHIFT;
    }

    long sentNs(long number) {
        return sentNs[(int) number & mask];
    }

    int handle(long number) {
        return handles[(int) number & mask];
    }

    /** The largest number that an ACK in the packet named, or {@link PacketNumbers#NONE}. */
    long reported(long number) {
        return reported[(int) number & mask];
    }

    private int state(long number) {
        return states[(int) number & mask];
    }

    /** Closes an open packet. What is known of it can be read until the next is recorded. */
    void remove(long number) {
        bytesInFlight -= isInFlight(number) ? bytes(number) : 0;
        elicitingInFlight -= isEliciting(number) ? 1 : 0;
        states[(int) number & mask] = 0;
    }

    /** Moves {@link #first} to the oldest open packet. */
    void advance() {
        while (first < next && state(first) == 0) {
            first++;
        }
    }

    /** Closes all. */
    void clear() {
        Arrays.fill(states, 0);
        first = next;
        bytesInFlight = 0;
        elicitingInFlight = 0;
    }
}

package dev.slipgate.protocol.slipgate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What packets under way carried, of all sessions of one endpoint: entries named by int handles and
 * chained through them, in parallel arrays, so that a packet costs no garbage and an idle session
 * nothing. As large as the most that was ever under way at once; each session's part is bounded by
 * its congestion window and its queues.
 */
final class PacketContents {
    /** No entry: the end of a chain. */
    static final int NONE = -1;

    /** A part of a reliable message. */
    static final byte PART = 0;

    /** A delivery ack. */
    static final byte DELIVERY_ACK = 1;

    /** A FLOW limit. */
    static final byte FLOW = 2;

    /** A frame that is kept as bytes. */
    static final byte FRAME = 3;

    private static final int INITIAL_ENTRIES = 64;

    private byte[] kinds = new byte[INITIAL_ENTRIES];
    private int[] nexts = new int[INITIAL_ENTRIES];
    private @Nullable Object[] objects = new Object[INITIAL_ENTRIES];

    /** The serial of the message, the version of the delivery ack, the limit. */
    private long[] tags = new long[INITIAL_ENTRIES];

    /** The index of the part, the channel of the delivery ack. */
    private int[] indexes = new int[INITIAL_ENTRIES];

    private int[] offsets = new int[INITIAL_ENTRIES];
    private int[] lengths = new int[INITIAL_ENTRIES];
    private int used;
    private int free = NONE;
    private int inUse;

    private int take(byte kind) {
        int entry = free;
        if (entry == NONE) {
            if (used == kinds.length) {
                grow();
            }
            entry = used++;
        } else {
            free = nexts[entry];
        }
        kinds[entry] = kind;
        nexts[entry] = NONE;
        inUse++;
        return entry;
    }

    private void grow() {
        int capacity = 2 * used;
        kinds = Arrays.copyOf(kinds, capacity);
        nexts = Arrays.copyOf(nexts, capacity);
        objects = Arrays.copyOf(objects, capacity);
        tags = Arrays.copyOf(tags, capacity);
        indexes = Arrays.copyOf(indexes, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
    }

    /** An entry for a part of a message, in no chain yet. */
    int part(OutMessage message, int part, int offset, int lengthBytes) {
        int entry = take(PART);
        objects[entry] = message;
        tags[entry] = message.serial;
        indexes[entry] = part;
        offsets[entry] = offset;
        lengths[entry] = lengthBytes;
        return entry;
    }

    int deliveryAck(int channel, long version) {
        int entry = take(DELIVERY_ACK);
        tags[entry] = version;
        indexes[entry] = channel;
        return entry;
    }

    int flow(long limitBytes) {
        int entry = take(FLOW);
        tags[entry] = limitBytes;
        return entry;
    }

    int frame(byte[] frame) {
        int entry = take(FRAME);
        objects[entry] = frame;
        return entry;
    }

    /** The same as another entry once more, in no chain yet. */
    int copy(int original) {
        int entry = take(kinds[original]);
        objects[entry] = objects[original];
        tags[entry] = tags[original];
        indexes[entry] = indexes[original];
        offsets[entry] = offsets[original];
        lengths[entry] = lengths[original];
        return entry;
    }

    void free(int entry) {
        objects[entry] = null;
        nexts[entry] = free;
        free = entry;
        inUse--;
    }

    byte kind(int entry) {
        return kinds[entry];
    }

    int next(int entry) {
        return nexts[entry];
    }

    void setNext(int entry, int next) {
        nexts[entry] = next;
    }

    /** PART: the message, if the part is still wanted; null when it arrived or was given up. */
    @Nullable OutMessage wantedMessage(int entry) {
        return objects[entry] instanceof OutMessage message
                        && message.serial == tags[entry]
                        && !message.isAcked(indexes[entry])
                ? message
                : null;
    }

    /** FRAME: the bytes. */
    byte[] frameBytes(int entry) {
        return objects[entry] instanceof byte[] frame ? frame : new byte[0];
    }

    /** DELIVERY_ACK: the version; FLOW: the limit. */
    long tag(int entry) {
        return tags[entry];
    }

    /** PART: the index; DELIVERY_ACK: the channel. */
    int index(int entry) {
        return indexes[entry];
    }

    int offset(int entry) {
        return offsets[entry];
    }

    int length(int entry) {
        return lengths[entry];
    }

    /** Entries in use, for tests of what is left behind. */
    int inUse() {
        return inUse;
    }
}

package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.memory.BytePool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fragmented messages of the peer in progress, bounded in count and bytes. A fragment belongs
 * to a message when id, count and (from a client) the number of the message's first fragment agree.
 * The original resends a fragment under a new number and without its header: whatever its first
 * bytes then seem to say, it fits no message and is refused.
 */
final class FragmentsIn {
    /** What {@link #roomNeeded} answers for a fragment of a message that is in progress. */
    static final int NOTHING = 0;

    /** Outside its bounds: will never be taken. */
    static final int BAD = -1;

    /** Of a message above the largest: will never be taken. */
    static final int TOO_LARGE = -2;

    /** No room for another message in progress now. */
    static final int FULL = -3;

    private final SessionSettings settings;
    private final Sizes sizes;
    private final BytePool pool;
    private final boolean checksBase;
    private final List<Reassembly> inProgress = new ArrayList<>(0);
    private int bytesInProgress;

    private int id;
    private int index;
    private int count;
    private int base;

    /**
     * @param checksBase whether a message's fragments must have consecutive numbers
     */
    FragmentsIn(SessionSettings settings, Sizes sizes, BytePool pool, boolean checksBase) {
        this.settings = settings;
        this.sizes = sizes;
        this.pool = pool;
        this.checksBase = checksBase;
    }

    /** Bytes to reserve for the message that this fragment begins, or one of the constants. */
    int roomNeeded(PacketCursor fragment) {
        int bound = parse(fragment);
        if (bound < 0 || find() != null) {
            return Math.min(bound, NOTHING);
        }
        boolean full =
                inProgress.size() >= settings.maxReassemblies()
                        || bytesInProgress + bound > settings.maxReassemblyBytes();
        return full ? FULL : bound;
    }

    /**
     * Takes a fragment for which {@link #roomNeeded} had answered 0 or more: answers its message
     * when that is complete now, else null. What is complete is not in progress any more.
     */
    @Nullable Reassembly take(PacketCursor fragment, long nowNs) {
        int bound = parse(fragment);
        Reassembly message = find();
        if (message == null) {
            message = new Reassembly(id, base, count, pool.take(bound), bound);
            inProgress.add(message);
            bytesInProgress += bound;
        }
        int header = Wire.FRAGMENT_HEADER_BYTES;
        message.put(
                index - 1,
                fragment.bytes(),
                fragment.offset() + header,
                fragment.length() - header,
                sizes.fragmentDataBytes(),
                nowNs);
        if (!message.complete()) {
            return null;
        }
        remove(inProgress.indexOf(message));
        return message;
    }

    /** Takes out a message that waited in vain, or answers null. */
    @Nullable Reassembly pollExpired(long nowNs) {
        for (int i = 0; i < inProgress.size(); i++) {
            if (expiryOf(i) <= nowNs) {
                return remove(i);
            }
        }
        return null;
    }

    /** Takes out any message, or answers null when none is in progress. */
    @Nullable Reassembly poll() {
        return inProgress.isEmpty() ? null : remove(inProgress.size() - 1);
    }

    /** When {@link #pollExpired} is next worth calling, or {@link Long#MAX_VALUE}. */
    long nextExpiryNs() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < inProgress.size(); i++) {
            next = Math.min(next, expiryOf(i));
        }
        return next;
    }

    private long expiryOf(int position) {
        return inProgress.get(position).expiresAtNs(settings.connectionTimeoutNs());
    }

    /** Messages in progress. */
    int size() {
        return inProgress.size();
    }

    private Reassembly remove(int position) {
        Reassembly removed = inProgress.get(position);
        int last = inProgress.size() - 1;
        inProgress.set(position, inProgress.get(last));
        inProgress.remove(last);
        bytesInProgress -= removed.reservedBytes;
        return removed;
    }

    /** Reads the fragment's header; the most that its message can have, or BAD or TOO_LARGE. */
    private int parse(PacketCursor fragment) {
        int dataLength = fragment.length() - Wire.FRAGMENT_HEADER_BYTES;
        if (dataLength < 1) {
            return BAD;
        }
        id = Wire.u16(fragment.bytes(), fragment.offset());
        index = Wire.u16(fragment.bytes(), fragment.offset() + 2);
        count = Wire.u16(fragment.bytes(), fragment.offset() + 4);
        boolean inBounds =
                count >= 2 && count <= Wire.MAX_FRAGMENTS && index >= 1 && index <= count;
        boolean last = index == count;
        boolean fits =
                last
                        ? dataLength <= sizes.maxLastFragmentDataBytes()
                        : dataLength == sizes.fragmentDataBytes();
        if (!inBounds || !fits) {
            return BAD;
        }
        int before = (count - 1) * sizes.fragmentDataBytes();
        if (before + (last ? dataLength : 1) > settings.maxMessageBytes()) {
            return TOO_LARGE;
        }
        base = checksBase ? RingNumber.back(fragment.number(), index - 1) : 0;
        return Math.min(before + sizes.maxLastFragmentDataBytes(), settings.maxMessageBytes());
    }

    private @Nullable Reassembly find() {
        for (int i = 0; i < inProgress.size(); i++) {
            if (inProgress.get(i).matches(id, base, count)) {
                return inProgress.get(i);
            }
        }
        return null;
    }
}

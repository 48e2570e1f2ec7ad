package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.MessageCost;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits to be sent or acknowledged. It leaves in parts: one MESSAGE, or FRAGMENTs
 * counted from 0 in the order in which they first leave. Pooled by {@link OutMessages}.
 */
final class OutMessage {
    private static final byte[] NO_BYTES = {};
    private static final long[] NO_MORE = {};

    int channel;
    Delivery delivery = Delivery.ORDERED;
    long number;
    byte[] bytes = NO_BYTES;
    int length;
    long queuedNs;

    /** Tells this use of the object from another one. */
    long serial;

    /** Whether a part has left. */
    boolean begun;

    /** How much of it has left; the rest has not. */
    int nextOffset;

    int partsSent;
    @Nullable OutMessage next;

    private int partsAcked;
    private long acked;
    private long[] ackedBeyond = NO_MORE;

    void reset(long newSerial) {
        serial = newSerial;
        begun = false;
        nextOffset = 0;
        partsSent = 0;
        partsAcked = 0;
        acked = 0;
        Arrays.fill(ackedBeyond, 0);
        next = null;
    }

    void clear() {
        serial = 0;
        bytes = NO_BYTES;
        next = null;
    }

    int costBytes() {
        return MessageCost.of(length);
    }

    boolean allSent() {
        return begun && nextOffset == length;
    }

    boolean allAcked() {
        return allSent() && partsAcked == partsSent;
    }

    boolean isAcked(int part) {
        long word = part < Long.SIZE ? acked : beyond(part);
        return (word & (1L << part)) != 0;
    }

    private long beyond(int part) {
        int word = part / Long.SIZE - 1;
        return word < ackedBeyond.length ? ackedBeyond[word] : 0;
    }

    /** Notes that a part has arrived; harmless when it is known. */
    void onAcked(int part) {
        if (isAcked(part)) {
            return;
        }
        partsAcked++;
        if (part < Long.SIZE) {
            acked |= 1L << part;
            return;
        }
        int word = part / Long.SIZE - 1;
        if (word >= ackedBeyond.length) {
            ackedBeyond = Arrays.copyOf(ackedBeyond, Math.max(4, 2 * word));
        }
        ackedBeyond[word] |= 1L << part;
    }
}

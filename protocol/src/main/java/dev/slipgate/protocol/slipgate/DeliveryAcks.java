package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this side's end has handled, per channel, and which channels the peer is to be told about:
 * only ever the newest. Costs nothing until the first one.
 */
final class DeliveryAcks {
    private static final int CHANNELS = 256;
    private static final @Nullable Positions[] NO_CHANNELS = {};
    private static final long[] NO_VERSIONS = {};

    private final long[] due = new long[CHANNELS / Long.SIZE];
    private @Nullable Positions[] handled = NO_CHANNELS;

    /** By channel, how often its positions were written. */
    private long[] versions = NO_VERSIONS;

    private int dueCount;

    /** Copies the positions; the newest of a channel takes the place of what was not sent. */
    void offer(int channel, Positions newest) {
        if (channel >= handled.length) {
            int atLeast = Integer.highestOneBit(Math.max(channel, 2)) * 2;
            handled = Arrays.copyOf(handled, atLeast);
            versions = Arrays.copyOf(versions, atLeast);
        }
        Positions kept = handled[channel];
        if (kept == null) {
            kept = new Positions();
            handled[channel] = kept;
        }
        kept.copyFrom(newest, FrameKind.MAX_POSITION_RANGES);
        setDue(channel);
    }

    boolean anyDue() {
        return dueCount > 0;
    }

    /** The packet with this version is lost; what a later one said stands. */
    void onLost(int channel, long version) {
        if (versions[channel] == version) {
            setDue(channel);
        }
    }

    private void setDue(int channel) {
        long bit = 1L << channel;
        if ((due[channel / Long.SIZE] & bit) == 0) {
            due[channel / Long.SIZE] |= bit;
            dueCount++;
        }
    }

    /** A channel that is due, or -1. */
    int nextDue() {
        for (int word = 0; word < due.length; word++) {
            if (due[word] != 0) {
                return word * Long.SIZE + Long.numberOfTrailingZeros(due[word]);
            }
        }
        return -1;
    }

    /** Writes a due channel; false when it does not fit. */
    boolean tryWrite(int channel, FrameWriter writer) {
        if (!writer.tryDeliveryAck(channel, Objects.requireNonNull(handled[channel]))) {
            return false;
        }
        versions[channel]++;
        due[channel / Long.SIZE] &= ~(1L << channel);
        dueCount--;
        return true;
    }

    /** The version that {@link #tryWrite} wrote last. */
    long version(int channel) {
        return versions[channel];
    }
}

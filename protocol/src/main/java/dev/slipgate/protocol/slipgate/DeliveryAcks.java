package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Endpoint;
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
    private static final @Nullable Positions[] NO_CHANNELS = {};
    private static final long[] NO_VERSIONS = {};

    /** How long one waits for a packet that goes anyway. */
    private static final long DELAY_NS = 10_000_000L;

    private final ChannelSet due = new ChannelSet();
    private @Nullable Positions[] handled = NO_CHANNELS;

    /** By channel, how often its positions were written. */
    private long[] versions = NO_VERSIONS;

    private long dueNs;

    /** Copies the positions; the newest of a channel takes the place of what was not sent. */
    void offer(int channel, Positions newest, long nowNs) {
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
        if (!anyDue()) {
            dueNs = nowNs + DELAY_NS;
        }
        due.add(channel);
    }

    boolean anyDue() {
        return due.first() >= 0;
    }

    /** The packet with this version is lost; what a later one said stands. */
    void onLost(int channel, long version) {
        if (versions[channel] == version) {
            due.add(channel);
            dueNs = Long.MIN_VALUE; // late already
        }
    }

    /** When one must leave, though nothing else does; or {@link Endpoint#NEVER}. */
    long dueNs() {
        return anyDue() ? dueNs : Endpoint.NEVER;
    }

    /** A channel that is due, or -1. */
    int nextDue() {
        return due.first();
    }

    /** Writes a due channel; false when it does not fit. */
    boolean tryWrite(int channel, FrameWriter writer) {
        if (!writer.tryDeliveryAck(channel, Objects.requireNonNull(handled[channel]))) {
            return false;
        }
        versions[channel]++;
        due.remove(channel);
        return true;
    }

    /** The version that {@link #tryWrite} wrote last. */
    long version(int channel) {
        return versions[channel];
    }
}

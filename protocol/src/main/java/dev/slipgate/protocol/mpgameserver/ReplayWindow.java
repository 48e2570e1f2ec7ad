package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Which packets of the peer were accepted: the highest number and the 32 before it, which is also
 * what is acknowledged to the peer. The numbers wrap, so a packet captured long ago would look new
 * again; once a wrap is near, a packet that claims to be new must not be older, by the peer's own
 * clock in the header, than the newest one.
 */
final class ReplayWindow {
    static final int SIZE = 32;

    /** The furthest that a packet may be ahead of the newest. */
    static final int MAX_FORWARD = 8192;

    /** How far the peer's clock may step back without its packets being taken for replays. */
    static final long CLOCK_SLACK_SECONDS = 5;

    private int highest;
    private int bits;
    private long highestSeconds;
    private long advanced;

    /** Null when the packet is new, or why it is not. */
    @Nullable DropReason check(int number, long seconds) {
        if (number == 0) {
            return DropReason.STALE_PACKET;
        }
        if (highest == 0) {
            return null;
        }
        int behind = RingNumber.diff(highest, number);
        if (behind > 0) {
            if (behind > SIZE) {
                return DropReason.STALE_PACKET;
            }
            return (bits & bitOf(behind)) == 0 ? null : DropReason.REPLAYED_PACKET;
        }
        if (behind == 0) {
            return DropReason.REPLAYED_PACKET;
        }
        return -behind > MAX_FORWARD || isFromBeforeTheWrap(seconds)
                ? DropReason.STALE_PACKET
                : null;
    }

    private boolean isFromBeforeTheWrap(long seconds) {
        return advanced > RingNumber.MAX - MAX_FORWARD - SIZE
                && seconds < highestSeconds - CLOCK_SLACK_SECONDS;
    }

    /** Records a packet for which {@link #check} answered null. */
    void record(int number, long seconds) {
        int ahead = highest == 0 ? 0 : RingNumber.diff(number, highest);
        if (ahead < 0) {
            bits |= bitOf(-ahead);
            return;
        }
        if (highest != 0) {
            bits = ahead < SIZE ? bits >>> ahead : 0;
            bits |= ahead <= SIZE ? bitOf(ahead) : 0;
            advanced += ahead;
        }
        highest = number;
        highestSeconds = seconds;
    }

    private static int bitOf(int behind) {
        return 0x80000000 >>> (behind - 1);
    }

    /** The highest number accepted, 0 when none was. */
    int ack() {
        return highest;
    }

    /** Bit 31 stands for the number before {@link #ack}, bit 0 for the 32nd before. */
    int ackBits() {
        return bits;
    }
}

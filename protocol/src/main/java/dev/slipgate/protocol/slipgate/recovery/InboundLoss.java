package dev.slipgate.protocol.slipgate.recovery;

import dev.slipgate.protocol.slipgate.packet.PacketNumbers;

/**
 * How many of the peer's packets never came. A number counts as lost when it is still missing 200
 * ms after a later one came, and at least three later ones have. The figure is what is missing at a
 * mark: the largest number at that time, counted again when the mark has settled. So it needs no
 * memory of single packets.
 */
final class InboundLoss {
    /** How long a missing packet may still come: longer than most paths reorder. */
    static final long SETTLE_NS = 200_000_000L;

    /** Later packets after which a missing one may be lost, as RFC 9002, section 6.1.1. */
    static final int LATER_PACKETS = 3;

    private final LossRate rate = new LossRate();
    private long received;
    private long largest = PacketNumbers.NONE;
    private long markNs;
    private long markLargest = PacketNumbers.NONE;

    /** Packets received that are not newer than the mark, those that came later included. */
    private long receivedToMark;

    private long settled;
    private long lost;

    /** Takes a packet that came for the first time. */
    void onReceived(long number, long nowNs) {
        if (received == 0) {
            markNs = nowNs;
        }
        received++;
        largest = Math.max(largest, number);
        if (number <= markLargest) {
            receivedToMark++;
        }
        if (nowNs - markNs >= SETTLE_NS && largest >= markLargest + LATER_PACKETS) {
            settle(nowNs);
        }
    }

    private void settle(long nowNs) {
        long settledNow = markLargest + 1;
        long lostNow = settledNow - receivedToMark;
        rate.add(settledNow - settled, Math.max(lostNow - lost, 0));
        settled = settledNow;
        lost = lostNow;
        markNs = nowNs;
        markLargest = largest;
        receivedToMark = received;
    }

    /** Packets that came. */
    long received() {
        return received;
    }

    /** Packets that settled as lost; a very late one takes itself off again. */
    long lost() {
        return lost;
    }

    /** The part lost of late, 0 to 1. */
    double ratio() {
        return rate.ratio();
    }
}

package dev.slipgate.protocol.slipgate.recovery;

import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import java.util.Arrays;

/**
 * Which packets of the peer came, for ACK frames, and when the next ACK is due (RFC 9000, section
 * 13.2): at every second eliciting packet, at once when one is missing or comes late, else after
 * the ACK delay. An ACK that rides in a packet which is sent anyway settles that, too.
 */
public final class ReceivedPackets {
    /** Ranges that are kept, the newest; older ones are not acknowledged any more. */
    public static final int MAX_RANGES = 32;

    /** The longest that an eliciting packet waits for its ACK. */
    public static final long MAX_ACK_DELAY_NS = 10_000_000L;

    private static final int ELICITING_PER_ACK = 2;
    private static final int INITIAL_RANGES = 4;

    private final InboundLoss loss = new InboundLoss();
    private final long ackDelayNs;

    // Upwards: the last range is the newest, so that the usual packet touches one element.
    private long[] low = new long[INITIAL_RANGES];
    private long[] high = new long[INITIAL_RANGES];
    private int count;
    private long rangesDropped;

    private long largest = PacketNumbers.NONE;
    private long largestReceivedNs;
    private long lowestUnreported = Long.MAX_VALUE;
    private int elicitingUnreported;
    private long ackDeadlineNs = Endpoint.NEVER;

    public ReceivedPackets() {
        this(MAX_ACK_DELAY_NS);
    }

    /**
     * @param ackDelayNs how long an eliciting packet waits for its ACK, at most {@link
     *     #MAX_ACK_DELAY_NS}
     */
    public ReceivedPackets(long ackDelayNs) {
        this.ackDelayNs = ackDelayNs;
    }

    /** Takes a packet that opened and was not replayed. */
    public void onReceived(long number, boolean ackEliciting, long nowNs) {
        boolean inOrder = number == largest + 1;
        if (!insert(number)) {
            return;
        }
        if (number > largest) {
            largest = number;
            largestReceivedNs = nowNs;
        }
        loss.onReceived(number, nowNs);
        lowestUnreported = Math.min(lowestUnreported, number);
        if (ackEliciting) {
            elicitingUnreported++;
            boolean atOnce = !inOrder || elicitingUnreported >= ELICITING_PER_ACK;
            long dueNs = atOnce ? nowNs : nowNs + ackDelayNs;
            ackDeadlineNs = Math.min(ackDeadlineNs, dueNs);
        }
    }

    /** When an ACK is due at the latest, or {@link Endpoint#NEVER}. */
    public long ackDeadlineNs() {
        return ackDeadlineNs;
    }

    /** Whether an ACK is due now, even with nothing else to send. */
    public boolean ackDue(long nowNs) {
        return ackDeadlineNs <= nowNs;
    }

    /** Whether an ACK would say anything new: then it rides in any packet that is sent anyway. */
    public boolean hasUnreported() {
        return lowestUnreported != Long.MAX_VALUE;
    }

    /** An ACK with the newest ranges leaves. */
    public void onAckSent() {
        lowestUnreported = Long.MAX_VALUE;
        elicitingUnreported = 0;
        ackDeadlineNs = Endpoint.NEVER;
    }

    /**
     * The peer acknowledged a packet with an ACK of ours, whose largest number was {@code
     * reported}: up to there nothing needs to be said again, but for what came since. Harmless with
     * {@link PacketNumbers#NONE}.
     */
    public void onAckAcked(long reported) {
        // The largest is kept: an ACK must name one.
        long upTo = Math.min(reported, Math.min(lowestUnreported, largest) - 1);
        int gone = 0;
        while (gone < count && high[gone] <= upTo) {
            gone++;
        }
        removeOldest(gone);
        if (count > 0) {
            low[0] = Math.max(low[0], upTo + 1);
        }
    }

    /** The largest number that came, or {@link PacketNumbers#NONE}. */
    public long largest() {
        return largest;
    }

    /** How long ago the largest came, for the ACK's delay. */
    public long ackDelayNs(long nowNs) {
        return nowNs - largestReceivedNs;
    }

    /** Ranges to acknowledge, 0 to {@link #MAX_RANGES}. */
    public int rangeCount() {
        return count;
    }

    /** The lowest number of a range; range 0 is the newest. */
    public long rangeLow(int range) {
        return low[count - 1 - range];
    }

    /** The highest number of a range; range 0 is the newest. */
    public long rangeHigh(int range) {
        return high[count - 1 - range];
    }

    /** How often the bound on ranges made the oldest be forgotten. */
    public long rangesDropped() {
        return rangesDropped;
    }

    /** Packets that came. */
    public long packetsReceived() {
        return loss.received();
    }

    /** Packets of the peer that are taken for lost, known some 200 ms later. */
    public long packetsLost() {
        return loss.lost();
    }

    /** The part of the peer's packets that was lost of late, 0 to 1. */
    public double lossRatio() {
        return loss.ratio();
    }

    /** False when the number is there already. */
    private boolean insert(long number) {
        int at = count;
        while (at > 0 && low[at - 1] > number) {
            at--;
        }
        if (at > 0 && number <= high[at - 1]) {
            return false;
        }
        boolean joinsOlder = at > 0 && high[at - 1] + 1 == number;
        boolean joinsNewer = at < count && low[at] - 1 == number;
        if (joinsOlder && joinsNewer) {
            low[at] = low[at - 1];
            remove(at - 1);
        } else if (joinsOlder) {
            high[at - 1] = number;
        } else if (joinsNewer) {
            low[at] = number;
        } else {
            insertRange(at, number);
        }
        return true;
    }

    private void insertRange(int at, long number) {
        int to = at;
        if (count == MAX_RANGES) {
            rangesDropped++;
            if (to == 0) {
                return;
            }
            removeOldest(1);
            to--;
        }
        if (count == low.length) {
            low = Arrays.copyOf(low, 2 * count);
            high = Arrays.copyOf(high, 2 * count);
        }
        System.arraycopy(low, to, low, to + 1, count - to);
        System.arraycopy(high, to, high, to + 1, count - to);
        low[to] = number;
        high[to] = number;
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(low, at + 1, low, at, count - at);
        System.arraycopy(high, at + 1, high, at, count - at);
    }

    private void removeOldest(int ranges) {
        if (ranges > 0) {
            count -= ranges;
            System.arraycopy(low, ranges, low, 0, count);
            System.arraycopy(high, ranges, high, 0, count);
        }
    }
}

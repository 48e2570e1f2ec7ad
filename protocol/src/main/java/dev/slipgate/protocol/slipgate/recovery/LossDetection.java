package dev.slipgate.protocol.slipgate.recovery;

import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;

/**
 * Finds what was lost (RFC 9002, section 6 and appendix A): a packet three numbers, or 9/8 of a
 * round trip, older than one that was acknowledged. Without any ACK it asks for probes, ever more
 * slowly.
 */
public final class LossDetection implements Recovery {
    /** How many later numbers a packet may be overtaken by (RFC 9002, section 6.1.1). */
    static final int PACKET_THRESHOLD = 3;

    /** The slowest that probes become, unless the path itself is slower: a player notices 2 s. */
    static final long MAX_PROBE_TIMEOUT_NS = 2_000_000_000L;

    /** Probe timeouts without any ACK after which the path is congested persistently (7.6.1). */
    private static final int PERSISTENT_TIMEOUTS = 3;

    private static final int MAX_BACKOFF_SHIFT = 10;
    private static final int SLOTS_KEPT_FOR_CONTROL = 512;
    private static final int SLOTS_KEPT_FOR_CLOSE = 16;
    private static final long NO_RUN = Long.MIN_VALUE;

    private final SentPackets sent = new SentPackets();
    private final LostLately lostLately = new LostLately();
    private final LossRate rate = new LossRate();
    private final RttEstimator rtt = new RttEstimator();
    private final RateController controller;

    private long largestAcked = PacketNumbers.NONE;
    private long lossTimeNs = Endpoint.NEVER;
    private long probeTimerFromNs;

    /** The first packet of the present path; older ones say nothing of it (RFC 9000, 9.4). */
    private long pathFirst;

    private int backoffShift;
    private long packetsLost;
    private long spuriousLosses;
    private long probeTimeouts;

    // Of the ACK at hand.
    private long lowestMarked;
    private long newestMarked;
    private boolean markedEliciting;

    // Of the search for losses at hand: since when every packet seems lost.
    private long lostRunFromNs;
    private boolean persistent;

    public LossDetection(RateController controller) {
        this.controller = controller;
    }

    @Override
    public long nextNumber() {
        return sent.next();
    }

    @Override
    public int nextNumberBytes() {
        return PacketNumbers.lengthFor(sent.next(), largestAcked);
    }

    @Override
    public long onSent(SentKind kind, int bytes, int handle, long reported, long nowNs) {
        if (handle != NO_HANDLE && kind != SentKind.ELICITING) {
            throw new IllegalArgumentException(kind + " packets have no handle, got " + handle);
        }
        long number = sent.record(kind, bytes, handle, reported, nowNs);
        if (kind != SentKind.SILENT) {
            controller.onSent(bytes, sent.bytesInFlight(), nowNs);
        }
        if (kind == SentKind.ELICITING) {
            probeTimerFromNs = nowNs;
        }
        return number;
    }

    @Override
    public AckOutcome onAck(AckRanges ranges, long ackDelayNs, long nowNs, PacketFate fate) {
        if (ranges.largest() >= sent.next()) {
            return AckOutcome.NEVER_SENT;
        }
        noteSpurious(ranges, nowNs);
        boolean marked = tryMarkAcked(ranges);
        if (!marked && ranges.largest() <= largestAcked) {
            return AckOutcome.NOTHING_NEW;
        }
        largestAcked = Math.max(largestAcked, ranges.largest());
        if (newestMarked == ranges.largest() && markedEliciting && newestMarked >= pathFirst) {
            rtt.onSample(nowNs - sent.sentNs(newestMarked), ackDelayNs, nowNs);
        }
        long bytesInFlight = sent.bytesInFlight();
        detectLost(nowNs, fate);
        if (marked) {
            takeAcked(bytesInFlight, fate);
            backoffShift = 0;
        }
        sent.advance();
        return AckOutcome.PROGRESS;
    }

    private void noteSpurious(AckRanges ranges, long nowNs) {
        long sinceNs = nowNs - PERSISTENT_TIMEOUTS * rtt.probeTimeoutNs();
        spuriousLosses += lostLately.takeAcked(ranges, sinceNs);
    }

    private boolean tryMarkAcked(AckRanges ranges) {
        lowestMarked = Long.MAX_VALUE;
        newestMarked = PacketNumbers.NONE;
        markedEliciting = false;
        for (int i = 0; i < ranges.count() && ranges.high(i) >= sent.first(); i++) {
            long low = Math.max(ranges.low(i), sent.first());
            for (long number = ranges.high(i); number >= low; number--) {
                if (sent.tryMarkAcked(number)) {
                    lowestMarked = number;
                    newestMarked = Math.max(newestMarked, number);
                    markedEliciting |= sent.isEliciting(number);
                }
            }
        }
        return newestMarked != PacketNumbers.NONE;
    }

    private void takeAcked(long bytesInFlight, PacketFate fate) {
        for (long number = lowestMarked; number <= newestMarked; number++) {
            if (!sent.isMarkedAcked(number)) {
                continue;
            }
            if (sent.isInFlight(number) && number >= pathFirst) {
                controller.onAcked(sent.bytes(number), sent.sentNs(number), bytesInFlight);
            }
            if (sent.isEliciting(number)) {
                rate.add(1, 0);
            }
            sent.remove(number);
            fate.onAcked(number, sent.handle(number), sent.reported(number));
        }
    }

    /** Declares lost what is, and notes when the next one will be. */
    private void detectLost(long nowNs, PacketFate fate) {
        long delayNs = rtt.lossDelayNs();
        lossTimeNs = Endpoint.NEVER;
        lostRunFromNs = NO_RUN;
        persistent = false;
        long end = Math.min(sent.next(), largestAcked + 1);
        for (long number = sent.first(); number < end; number++) {
            if (!sent.isOpen(number) || sent.isMarkedAcked(number)) {
                lostRunFromNs = NO_RUN;
                continue;
            }
            long lostAtNs = sent.sentNs(number) + delayNs;
            if (number <= largestAcked - PACKET_THRESHOLD || lostAtNs <= nowNs) {
                lose(number, nowNs, fate);
            } else {
                lossTimeNs = Math.min(lossTimeNs, lostAtNs);
            }
        }
        if (persistent) {
            controller.onPersistentCongestion();
            rtt.onPersistentCongestion();
        }
    }

    private void lose(long number, long nowNs, PacketFate fate) {
        if (sent.isInFlight(number) && number >= pathFirst) {
            controller.onLost(sent.bytes(number), sent.sentNs(number), nowNs);
        }
        boolean eliciting = sent.isEliciting(number);
        sent.remove(number);
        if (!eliciting) {
            return;
        }
        noteRun(sent.sentNs(number));
        lostLately.add(number, nowNs);
        packetsLost++;
        rate.add(1, 1);
        fate.onLost(number, sent.handle(number));
    }

    /** Persistent congestion: all that was sent between two lost packets was lost (7.6.2). */
    private void noteRun(long sentNs) {
        if (lostRunFromNs == NO_RUN) {
            lostRunFromNs = rtt.sampledBefore(sentNs) ? sentNs : NO_RUN;
        } else if (sentNs - lostRunFromNs > PERSISTENT_TIMEOUTS * rtt.probeTimeoutNs()) {
            persistent = true;
        }
    }

    @Override
    public TimeoutOutcome onTimeout(long nowNs, PacketFate fate) {
        if (nowNs < nextTimeoutNs()) {
            return TimeoutOutcome.EARLY;
        }
        if (lossTimeNs != Endpoint.NEVER) {
            detectLost(nowNs, fate);
            sent.advance();
            return TimeoutOutcome.LOSSES;
        }
        backoffShift = Math.min(backoffShift + 1, MAX_BACKOFF_SHIFT);
        probeTimerFromNs = nowNs; // or a session that cannot send now would be asked without end
        probeTimeouts++;
        return TimeoutOutcome.PROBE;
    }

    @Override
    public long nextTimeoutNs() {
        if (lossTimeNs != Endpoint.NEVER) {
            return lossTimeNs;
        }
        if (sent.elicitingInFlight() == 0) {
            return Endpoint.NEVER;
        }
        long timeoutNs = rtt.probeTimeoutNs();
        long slowestNs = Math.max(timeoutNs, MAX_PROBE_TIMEOUT_NS);
        return probeTimerFromNs + Math.min(timeoutNs << backoffShift, slowestNs);
    }

    @Override
    public boolean mayTakeData() {
        return sent.span() < SentPackets.MAX_SLOTS - SLOTS_KEPT_FOR_CONTROL
                && controller.mayTake(sent.bytesInFlight());
    }

    @Override
    public boolean mayTakeControl() {
        return sent.span() < SentPackets.MAX_SLOTS - SLOTS_KEPT_FOR_CLOSE;
    }

    @Override
    public int sentSinceEliciting() {
        return sent.sinceEliciting();
    }

    @Override
    public int oldestHandle() {
        for (long number = sent.first(); number < sent.next(); number++) {
            if (sent.isEliciting(number) && sent.handle(number) != NO_HANDLE) {
                return sent.handle(number);
            }
        }
        return NO_HANDLE;
    }

    @Override
    public void abandon(PacketFate fate) {
        for (long number = sent.first(); number < sent.next(); number++) {
            if (sent.isEliciting(number)) {
                fate.onLost(number, sent.handle(number));
            }
        }
        sent.clear();
        lossTimeNs = Endpoint.NEVER;
    }

    @Override
    public void onNewPath() {
        pathFirst = sent.next();
        rtt.onNewPath();
        controller.onNewPath();
        backoffShift = 0;
    }

    @Override
    public void trim() {
        sent.trim();
    }

    @Override
    public RttEstimator rtt() {
        return rtt;
    }

    @Override
    public long windowBytes() {
        return controller.windowBytes();
    }

    @Override
    public long bytesInFlight() {
        return sent.bytesInFlight();
    }

    @Override
    public long packetsLost() {
        return packetsLost;
    }

    @Override
    public long spuriousLosses() {
        return spuriousLosses;
    }

    @Override
    public long probeTimeouts() {
        return probeTimeouts;
    }

    @Override
    public double lossRatio() {
        return rate.ratio();
    }
}

package dev.slipgate.protocol.slipgate.recovery;

import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;

/**
 * Numbers packets on a carrier that loses nothing, and measures the round trip by the one packet
 * with a PING that is under way. Nothing is kept, lost or timed.
 */
public final class StreamRecovery implements Recovery {
    private final RttEstimator rtt = new RttEstimator();
    private long next;
    private long ping = PacketNumbers.NONE;
    private long pingSentNs;
    private int sinceEliciting;

    @Override
    public long nextNumber() {
        return next;
    }

    @Override
    public int nextNumberBytes() {
        return PacketNumbers.MAX_BYTES;
    }

    /** ELICITING is a packet with a PING, here. */
    @Override
    public long onSent(SentKind kind, int bytes, int handle, long reported, long nowNs) {
        if (handle != NO_HANDLE) {
            throw new IllegalArgumentException("a stream keeps no handle, got " + handle);
        }
        sinceEliciting++;
        if (kind == SentKind.ELICITING) {
            ping = next;
            pingSentNs = nowNs;
            sinceEliciting = 0;
        }
        return next++;
    }

    @Override
    public AckOutcome onAck(AckRanges ranges, long ackDelayNs, long nowNs, PacketFate fate) {
        if (ranges.largest() >= next) {
            return AckOutcome.NEVER_SENT;
        }
        if (ping == PacketNumbers.NONE || !ranges.contains(ping)) {
            return AckOutcome.NOTHING_NEW;
        }
        if (ping == ranges.largest()) {
            rtt.onSample(nowNs - pingSentNs, ackDelayNs, nowNs);
        }
        ping = PacketNumbers.NONE;
        return AckOutcome.PROGRESS;
    }

    @Override
    public TimeoutOutcome onTimeout(long nowNs, PacketFate fate) {
        return TimeoutOutcome.EARLY;
    }

    @Override
    public long nextTimeoutNs() {
        return Endpoint.NEVER;
    }

    @Override
    public boolean mayTakeData() {
        return true;
    }

    @Override
    public boolean mayTakeControl() {
        return true;
    }

    @Override
    public int sentSinceEliciting() {
        return sinceEliciting;
    }

    @Override
    public int oldestHandle() {
        return NO_HANDLE;
    }

    @Override
    public void abandon(PacketFate fate) {
        ping = PacketNumbers.NONE;
    }

    @Override
    public void onNewPath() {
        rtt.onNewPath();
    }

    @Override
    public void trim() {}

    @Override
    public RttEstimator rtt() {
        return rtt;
    }

    @Override
    public long windowBytes() {
        return Unlimited.INSTANCE.windowBytes();
    }

    @Override
    public long bytesInFlight() {
        return 0;
    }

    @Override
    public long packetsLost() {
        return 0;
    }

    @Override
    public long spuriousLosses() {
        return 0;
    }

    @Override
    public long probeTimeouts() {
        return 0;
    }

    @Override
    public double lossRatio() {
        return 0;
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where the client of a gateway's session is. A packet with the highest number from elsewhere makes
 * that address the candidate, which is sent to, sparingly, until it answers a challenge. {@code
 * docs/wire-protocol.md}, Paths.
 */
final class Paths {
    /** Bytes that may go to a candidate for each one that came from it. */
    private static final int AMPLIFICATION = 3;

    /** Probe timeouts that a candidate has to answer in. */
    private static final int PATIENCE = 3;

    private final RandomGenerator random;
    private PeerAddress validated;
    private @Nullable PeerAddress candidate;
    private long challenge;
    private long receivedBytes;
    private long sentBytes;
    private long giveUpNs;
    private long challengeDueNs;
    private long changes;

    Paths(PeerAddress validated, RandomGenerator random) {
        this.validated = validated;
        this.random = random;
    }

    /** Where packets go to. */
    PeerAddress current() {
        PeerAddress now = candidate;
        return now == null ? validated : now;
    }

    /** How often another address was validated. */
    long changes() {
        return changes;
    }

    /**
     * A packet opened.
     *
     * @param highest whether its number is the highest so far
     */
    void onPacket(PeerAddress from, boolean highest, int bytes, long probeTimeoutNs, long nowNs) {
        if (highest && !from.equals(current())) {
            if (from.equals(validated)) {
                candidate = null;
            } else {
                begin(from, probeTimeoutNs, nowNs);
            }
        }
        if (candidate != null && from.equals(candidate)) {
            receivedBytes += bytes;
        }
    }

    private void begin(PeerAddress from, long probeTimeoutNs, long nowNs) {
        candidate = from;
        challenge = random.nextLong();
        receivedBytes = 0;
        sentBytes = 0;
        giveUpNs = nowNs + PATIENCE * probeTimeoutNs;
        challengeDueNs = nowNs;
    }

    /**
     * A PATH_RESPONSE came.
     *
     * @return whether the candidate is validated now, and is another host than before: nothing is
     *     known of the path to it
     */
    boolean onResponse(PeerAddress from, long answer) {
        PeerAddress asked = candidate;
        if (asked == null || answer != challenge || !from.equals(asked)) {
            return false;
        }
        boolean otherHost = !asked.host().equals(validated.host());
        validated = asked;
        candidate = null;
        changes++;
        return otherHost;
    }

    /** Whether a challenge should go into the next packet. */
    boolean challengeDue(long nowNs) {
        return candidate != null && challengeDueNs <= nowNs;
    }

    long challenge() {
        return challenge;
    }

    /** A challenge leaves; another one follows unless an answer comes. */
    void onChallengeSent(long probeTimeoutNs, long nowNs) {
        challengeDueNs = nowNs + probeTimeoutNs;
    }

    void onSent(int bytes) {
        if (candidate != null) {
            sentBytes += bytes;
        }
    }

    /** Bytes of the largest packet that may leave now. */
    int allowanceBytes() {
        if (candidate == null) {
            return Integer.MAX_VALUE;
        }
        long left = AMPLIFICATION * receivedBytes - sentBytes;
        return Math.clamp(left, 0, Integer.MAX_VALUE);
    }

    /** Goes back to the validated address when the candidate's time is over. */
    void onTimeout(long nowNs) {
        if (candidate != null && giveUpNs <= nowNs) {
            candidate = null;
        }
    }

    /** When the next challenge or the end of the patience is due, or {@link Endpoint#NEVER}. */
    long nextTimeoutNs() {
        return candidate == null ? Endpoint.NEVER : Math.min(giveUpNs, challengeDueNs);
    }
}

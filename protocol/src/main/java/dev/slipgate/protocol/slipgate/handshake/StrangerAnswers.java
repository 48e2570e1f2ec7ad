package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.handshake.ReadyDatagrams;
import dev.slipgate.protocol.handshake.TokenBucket;
import dev.slipgate.protocol.session.Transmit;
import java.util.function.Supplier;

/**
 * What is said to strangers of whom nothing is kept, at bounded rates: COOKIE, REFUSE, RESET.
 * Beyond a rate or the queue's bound it is left unsaid and counted.
 */
final class StrangerAnswers {
    /** Answers that wait to be polled; a driver polls at the end of each burst. */
    static final int MAX_WAITING = 4096;

    /** The part of a second's answers that may come at once. */
    private static final double BURST_S = 0.25;

    private final ReadyDatagrams ready = new ReadyDatagrams(MAX_WAITING);
    private final TokenBucket cookies;
    private final TokenBucket others;
    private final DropCounter drops;

    StrangerAnswers(HandshakeLimits limits, DropCounter drops) {
        this.cookies = bucket(limits.cookiesPerSecond());
        this.others = bucket(limits.answersPerSecond());
        this.drops = drops;
    }

    private static TokenBucket bucket(int perSecond) {
        return new TokenBucket(perSecond, Math.max(1, perSecond * BURST_S));
    }

    /** Says COOKIE; the packet is made only if it will be said. */
    void cookie(PeerAddress peer, long nowNs, Supplier<byte[]> packet) {
        say(cookies, peer, nowNs, packet);
    }

    /** Says REFUSE or RESET; the packet is made only if it will be said. */
    void other(PeerAddress peer, long nowNs, Supplier<byte[]> packet) {
        say(others, peer, nowNs, packet);
    }

    private void say(TokenBucket bucket, PeerAddress peer, long nowNs, Supplier<byte[]> packet) {
        if (!bucket.tryTake(nowNs) || !ready.tryAdd(peer, packet.get())) {
            drops.count(DropReason.ANSWER_RATE);
        }
    }

    boolean poll(Transmit out) {
        return ready.poll(out);
    }
}

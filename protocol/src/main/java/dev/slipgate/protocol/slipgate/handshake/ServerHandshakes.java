package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.handshake.HandshakeSlots;
import dev.slipgate.protocol.handshake.HostRates;
import dev.slipgate.protocol.handshake.TokenBucket;
import dev.slipgate.protocol.memory.LongMap;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The strangers of a gateway's endpoint, from their INIT to their first sealed packet, within the
 * bounds of {@link HandshakeLimits}. The steps are those of {@code docs/wire-protocol.md}. Confined
 * to the endpoint's thread.
 */
public final class ServerHandshakes {
    /** What the handshakes need of their endpoint. */
    public interface Host {
        /** Whether the id names a session. */
        boolean isTaken(long sessionId);

        /** Whether there is no room for another session. */
        boolean isFull();

        /** A slot was begun. */
        void onBegun(InitSlot slot);

        /** A slot is over without a session: it failed, or its time was up. */
        void onForgotten(InitSlot slot);
    }

    /**
     * Who the gateway is to strangers.
     *
     * @param name told apart from all that hold the same keys
     * @param offer what it takes
     * @param retryAfterMs what it tells those for whom it has no room
     */
    public record Identity(GatewayKeys keys, String name, Offer offer, int retryAfterMs) {}

    private static final long SECOND_NS = 1_000_000_000L;

    private final HandshakeLimits limits;
    private final Crypto crypto;
    private final Identity identity;
    private final Host host;
    private final RandomGenerator random;
    private final DropCounter drops;
    private final long epochAtZeroNs;
    private final int loopIndex;
    private final HandshakeSlots<InitKey, InitSlot> slots;
    private final LongMap<InitSlot> bySession = new LongMap<>();
    private final StrangerAnswers answers;
    private final ResetTokens resetTokens;
    private final InitRate initRate;
    private final HostRates hostRates;
    private final TokenBucket budget;
    private final @Nullable Cookies cookies;

    /**
     * @param random cryptographically strong
     * @param epochAtZeroNs unix time in nanoseconds at {@code nowNs} 0
     * @param cookieSecret the same for all endpoints of a process; null where an address needs no
     *     proof, on streams
     */
    public ServerHandshakes(
            HandshakeLimits limits,
            Crypto crypto,
            Identity identity,
            Host host,
            RandomGenerator random,
            DropCounter drops,
            long epochAtZeroNs,
            int loopIndex,
            byte @Nullable [] cookieSecret) {
        this.limits = limits;
        this.crypto = crypto;
        this.identity = identity;
        this.host = host;
        this.random = random;
        this.drops = drops;
        this.epochAtZeroNs = epochAtZeroNs;
        this.loopIndex = loopIndex;
        this.slots =
                new HandshakeSlots<>(limits.maxHandshakes(), limits.maxJobs(), this::onExpired);
        this.answers = new StrangerAnswers(limits, drops);
        this.resetTokens = new ResetTokens(crypto, identity.keys(), identity.name());
        this.initRate = new InitRate(limits.cookieThresholdPerSecond());
        this.hostRates =
                new HostRates(limits.perHostPerSecond(), limits.burstPerHost(), limits.maxHosts());
        this.budget = new TokenBucket(limits.computedPerSecond(), limits.computedBurst());
        this.cookies = cookieSecret == null ? null : new Cookies(crypto, cookieSecret);
    }

    /** Takes a clear packet; null, or why it was dropped. */
    public @Nullable DropReason onClear(
            PeerAddress peer, byte[] in, int offset, int length, long nowNs) {
        DropReason refusal = InitPacket.refusal(in, offset, length);
        if (refusal != null) {
            return refusal;
        }
        if (ClearHeader.version(in, offset) != ClearHeader.VERSION) {
            refuse(peer, in, offset, RefusePacket.Reason.VERSION, nowNs);
            return DropReason.BAD_VERSION;
        }
        GatewayKey key = identity.keys().find(ClearHeader.keyId(in, offset));
        if (key == null) {
            refuse(peer, in, offset, RefusePacket.Reason.KEY, nowNs);
            return DropReason.UNKNOWN_KEY;
        }
        byte[] noiseMessage = InitPacket.noiseMessage(in, offset);
        byte[] noiseHash = crypto.sha256(noiseMessage);
        InitKey initKey = InitKey.of(peer, noiseHash);
        InitSlot known = slots.find(initKey);
        if (known != null) {
            return onInitAgain(known);
        }
        refusal = cookieRefusal(peer, noiseHash, in, offset, nowNs);
        refusal = refusal == null ? rateRefusal(peer, nowNs) : refusal;
        if (refusal == null) {
            begin(initKey, key, InitPacket.prologue(in, offset), noiseMessage, nowNs);
        }
        return refusal;
    }

    private void refuse(
            PeerAddress peer, byte[] in, int offset, RefusePacket.Reason reason, long nowNs) {
        answers.other(peer, nowNs, () -> RefusePacket.to(in, offset, reason).encode());
    }

    private @Nullable DropReason onInitAgain(InitSlot slot) {
        if (slot.answer() == null) {
            return DropReason.REPLAYED_PACKET;
        }
        slots.queueAnswer(slot);
        return null;
    }

    /** Step 5. */
    private @Nullable DropReason cookieRefusal(
            PeerAddress peer, byte[] noiseHash, byte[] in, int offset, long nowNs) {
        Cookies asked = cookies;
        if (asked == null || !initRate.countAndCompare(nowNs)) {
            return null;
        }
        long nowS = Math.floorDiv(epochAtZeroNs + nowNs, SECOND_NS);
        if (asked.holds(peer, noiseHash, in, offset, nowS)) {
            return null;
        }
        answers.cookie(
                peer,
                nowNs,
                () ->
                        CookiePacket.encode(
                                ClearHeader.keyId(in, offset),
                                asked.mint(peer, noiseHash, nowS),
                                InitPacket.echo(in, offset)));
        return DropReason.COOKIE_NEEDED;
    }

    /** Step 6. */
    private @Nullable DropReason rateRefusal(PeerAddress peer, long nowNs) {
        if (slots.isFull()) {
            return DropReason.HANDSHAKE_CAP;
        }
        if (!hostRates.tryTake(peer.host(), nowNs)) {
            return DropReason.HANDSHAKE_RATE;
        }
        return budget.tryTake(nowNs) ? null : DropReason.HANDSHAKE_CAP;
    }

    private void begin(
            InitKey initKey, GatewayKey key, byte[] prologue, byte[] noiseMessage, long nowNs) {
        long id = SessionIds.draw(random, loopIndex, this::isTaken);
        var slot = new InitSlot(initKey, id, nowNs + limits.waitsNs());
        ResponsePayload plan =
                host.isFull()
                        ? new ResponsePayload.Full(identity.retryAfterMs())
                        : new ResponsePayload.Accepted(id, resetTokens.of(id), 0, identity.offer());
        slots.begin(
                initKey, slot, new ResponderJob(slot, crypto, key, prologue, noiseMessage, plan));
        bySession.put(id, slot);
        host.onBegun(slot);
    }

    private boolean isTaken(long sessionId) {
        return bySession.find(sessionId) != null || host.isTaken(sessionId);
    }

    /** Says RESET to who sent a sealed packet for a session that does not exist. */
    public void reset(PeerAddress peer, long sessionId, long nowNs) {
        answers.other(peer, nowNs, () -> ResetPacket.encode(sessionId, resetTokens.of(sessionId)));
    }

    /** The next handshake to compute, or null. */
    public @Nullable Job pollJob() {
        return slots.pollJob();
    }

    /** Takes back a job of {@link #pollJob}; any other is ignored. */
    public void onJobDone(Job job) {
        if (!(job instanceof ResponderJob done)) {
            return;
        }
        slots.onJobDone();
        InitSlot slot = done.slot;
        if (slot.forgotten()) {
            return;
        }
        switch (done.result()) {
            case ResponderJob.Result.Answered answered -> {
                slot.complete(answered.response(), answered.keys(), answered.theirs());
                slots.queueAnswer(slot);
            }
            case ResponderJob.Result.TurnedAway turnedAway -> {
                slot.answerWith(turnedAway.response());
                slots.queueAnswer(slot);
            }
            case ResponderJob.Result.Failed failed -> {
                // Not kept, and not refused: bits that flipped on the way must not stand between
                // the client and its next copy.
                drops.count(failed.reason());
                forget(slot);
            }
        }
    }

    /** The slot whose session will have this id, or null. */
    public @Nullable InitSlot find(long sessionId) {
        return bySession.find(sessionId);
    }

    /** The session is proven: its handshake is over, and only its answer may be said again. */
    public void onProven(InitSlot slot) {
        slot.prove();
        slots.settle(slot.key());
        bySession.remove(slot.sessionId());
    }

    /** Forgets a slot: it failed, or its stream is gone. */
    public void forget(InitSlot slot) {
        slots.remove(slot.key());
        onExpired(slot);
    }

    private void onExpired(InitSlot slot) {
        if (slot.proven()) {
            return;
        }
        bySession.remove(slot.sessionId());
        host.onForgotten(slot);
    }

    /** Fills the next answer to a stranger; false when there is none. */
    public boolean pollTransmit(Transmit out) {
        return answers.poll(out) || slots.pollAnswer(out);
    }

    /** Forgets strangers that did not go on. */
    public void expire(long nowNs) {
        slots.expire(nowNs);
    }

    /** When {@link #expire} is next worth calling. */
    public long nextExpiryNs() {
        return slots.nextExpiryNs();
    }

    /** Forgets all strangers: the endpoint closes. */
    public void clear() {
        slots.clear();
    }

    /** Handshakes in progress. */
    public int size() {
        return bySession.size();
    }
}

package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import org.jspecify.annotations.Nullable;

/**
 * A client's way to its session's keys: INIT until answered, within its time. Fed and polled by its
 * endpoint, on whose thread it is confined; {@link #outcome} is looked at after each input.
 */
public final class ClientHandshake {
    /** What a handshake came to. */
    public sealed interface Outcome {
        /**
         * A RESPONSE has opened.
         *
         * @param roundTripNs between INIT and it, the gateway's computing included; {@link
         *     #UNKNOWN_ROUND_TRIP} when several were sent and it may answer any
         */
        record Opened(TransportKeys keys, ResponsePayload.Accepted accepted, long roundTripNs)
                implements Outcome {}

        /** The gateway is full. */
        record Full(long retryAfterMs) implements Outcome {}

        /** The gateway speaks other versions. */
        record VersionMismatch(String detail) implements Outcome {}

        /** Who answered does not hold the pinned key. */
        record WrongKey(String detail) implements Outcome {}

        /** Nothing came that could be believed. */
        record NoAnswer() implements Outcome {}
    }

    /**
     * What the handshake is about.
     *
     * @param repeats whether INIT is sent again until answered; on streams it is not
     * @param connectTimeoutNs when to give up
     */
    public record Plan(
            GatewayPublicKey gateway, Offer offer, boolean repeats, long connectTimeoutNs) {}

    /** What stands for a round trip that was not measured. */
    public static final long UNKNOWN_ROUND_TRIP = -1;

    private static final long FIRST_RETRY_NS = 250_000_000L;
    private static final long LAST_RETRY_NS = 2_000_000_000L;
    private static final long REFUSE_DELAY_NS = 500_000_000L;
    private static final int MAX_COOKIES = 5;

    private final Plan plan;
    private final long givesUpAtNs;
    private @Nullable Job nextJob;
    private @Nullable InitiatorStartJob start;
    private byte @Nullable [] init;
    private long initDueNs = Endpoint.NEVER;
    private long retryNs = FIRST_RETRY_NS;
    private int initsSent;
    private long initSentNs;
    private boolean opening;
    private long roundTripNs;
    private boolean someResponseFailed;
    private int cookiesTaken;
    private boolean cookieToShow;
    private @Nullable RefusePacket refused;
    private long refusedAtNs = Endpoint.NEVER;
    private @Nullable Outcome outcome;

    public ClientHandshake(Crypto crypto, Plan plan, long nowNs) {
        this.plan = plan;
        this.givesUpAtNs = nowNs + plan.connectTimeoutNs();
        this.nextJob = new InitiatorStartJob(crypto, plan.gateway(), plan.offer());
    }

    /** The next job to run, or null. */
    public @Nullable Job pollJob() {
        Job job = nextJob;
        nextJob = null;
        return job;
    }

    /** Takes back a job of {@link #pollJob}; null, or why what it looked at is dropped. */
    public @Nullable DropReason onJobDone(Job job, long nowNs) {
        if (outcome != null) {
            return null;
        }
        return switch (job) {
            case InitiatorStartJob started -> onStarted(started, nowNs);
            case InitiatorOpenJob opened -> onOpened(opened);
            default -> null;
        };
    }

    private @Nullable DropReason onStarted(InitiatorStartJob job, long nowNs) {
        init = job.init();
        if (init == null) {
            outcome = new Outcome.WrongKey("the pinned key is nobody's");
            return null;
        }
        start = job;
        initDueNs = nowNs;
        return null;
    }

    private @Nullable DropReason onOpened(InitiatorOpenJob job) {
        opening = false;
        byte[] payload = job.payload();
        outcome =
                switch (payload == null ? null : ResponsePayload.decode(payload)) {
                    case ResponsePayload.Accepted accepted ->
                            new Outcome.Opened(job.keys(), accepted, roundTripNs);
                    case ResponsePayload.Full full -> new Outcome.Full(full.retryAfterMs());
                    case null -> null;
                };
        if (outcome != null) {
            return null;
        }
        someResponseFailed = true;
        return payload == null ? DropReason.BAD_TAG : DropReason.BAD_HELLO;
    }

    /** Takes a clear packet of the gateway; null, or why it is dropped. */
    public @Nullable DropReason onClear(byte[] in, int offset, int length, long nowNs) {
        DropReason refusal = ClearHeader.refusal(in, offset, length);
        if (refusal != null) {
            return refusal;
        }
        if (ClearHeader.version(in, offset) != ClearHeader.VERSION) {
            return DropReason.BAD_VERSION;
        }
        byte[] sent = init;
        if (sent == null || outcome != null) {
            return DropReason.NO_SESSION;
        }
        if (ClearHeader.keyId(in, offset) != plan.gateway().id()) {
            return DropReason.UNKNOWN_KEY;
        }
        return switch (ClearHeader.kind(in, offset)) {
            case ClearHeader.RESPONSE -> onResponse(in, offset, length, nowNs);
            case ClearHeader.COOKIE -> onCookie(sent, in, offset, length);
            case ClearHeader.REFUSE -> onRefuse(sent, in, offset, length, nowNs);
            default -> DropReason.BAD_TYPE;
        };
    }

    private @Nullable DropReason onResponse(byte[] in, int offset, int length, long nowNs) {
        if (!ResponsePacket.hasItsLength(length)) {
            return DropReason.BAD_SIZE;
        }
        if (opening || start == null) {
            return DropReason.HANDSHAKE_CAP;
        }
        opening = true;
        roundTripNs = initsSent == 1 ? nowNs - initSentNs : UNKNOWN_ROUND_TRIP;
        nextJob = new InitiatorOpenJob(start, ResponsePacket.noiseMessage(in, offset, length));
        return null;
    }

    private @Nullable DropReason onCookie(byte[] sent, byte[] in, int offset, int length) {
        if (length != CookiePacket.BYTES) {
            return DropReason.BAD_SIZE;
        }
        if (cookiesTaken == MAX_COOKIES) {
            return DropReason.HANDSHAKE_RATE;
        }
        if (CookiePacket.echo(in, offset) != InitPacket.echo(sent, 0)) {
            return DropReason.BAD_HELLO;
        }
        cookiesTaken++;
        initsSent = 0; // The gateway has kept nothing: no RESPONSE answers those before.
        init = InitPacket.withCookie(sent, CookiePacket.cookie(in, offset));
        cookieToShow = true;
        return null;
    }

    private @Nullable DropReason onRefuse(
            byte[] sent, byte[] in, int offset, int length, long nowNs) {
        if (length != RefusePacket.BYTES) {
            return DropReason.BAD_SIZE;
        }
        RefusePacket packet = RefusePacket.decode(in, offset);
        if (packet == null || packet.echo() != InitPacket.echo(sent, 0)) {
            return DropReason.BAD_HELLO;
        }
        if (refused == null) {
            refused = packet;
            refusedAtNs = nowNs + REFUSE_DELAY_NS;
        }
        return null;
    }

    /** The gateway's stream is gone: nothing else will come. */
    public void onGone() {
        if (outcome == null) {
            outcome = failure();
        }
    }

    /** Time has passed; harmless when early. */
    public void onTimeout(long nowNs) {
        if (outcome == null && nowNs >= endsAtNs()) {
            outcome = failure();
        }
    }

    /** What it comes to when nothing better does: a RESPONSE that is being opened still may. */
    private long endsAtNs() {
        return opening ? givesUpAtNs : Math.min(givesUpAtNs, refusedAtNs);
    }

    private Outcome failure() {
        RefusePacket packet = refused;
        if (packet != null) {
            return switch (packet.reason()) {
                case VERSION ->
                        new Outcome.VersionMismatch(
                                "the gateway speaks versions %d to %d, this client %d"
                                        .formatted(
                                                packet.lowestVersion(),
                                                packet.highestVersion(),
                                                ClearHeader.VERSION));
                case KEY -> new Outcome.WrongKey("the gateway does not hold the pinned key");
            };
        }
        return someResponseFailed
                ? new Outcome.WrongKey("the answer was not that of the pinned key")
                : new Outcome.NoAnswer();
    }

    /** The INIT to send now, or null; not copied. */
    public byte @Nullable [] pollInit(long nowNs) {
        if (outcome != null) {
            return null;
        }
        if (cookieToShow) {
            // At once, and beside the timer.
            cookieToShow = false;
            noteSent(nowNs);
            return init;
        }
        if (nowNs < initDueNs) {
            return null;
        }
        initDueNs = plan.repeats() ? nowNs + retryNs : Endpoint.NEVER;
        retryNs = Math.min(2 * retryNs, LAST_RETRY_NS);
        if (init != null) {
            noteSent(nowNs);
        }
        return init;
    }

    private void noteSent(long nowNs) {
        initsSent++;
        initSentNs = nowNs;
    }

    /** When {@link #onTimeout} or {@link #pollInit} is next worth calling. */
    public long nextTimeoutNs() {
        return outcome != null ? Endpoint.NEVER : Math.min(endsAtNs(), initDueNs);
    }

    /** What it came to; null as long as it goes on. */
    public @Nullable Outcome outcome() {
        return outcome;
    }
}

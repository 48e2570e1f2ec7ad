package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.handshake.ReadyDatagrams;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.session.timer.TimerWheel;
import dev.slipgate.protocol.slipgate.handshake.ClearHeader;
import dev.slipgate.protocol.slipgate.handshake.ClientHandshake;
import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import dev.slipgate.protocol.slipgate.handshake.ResetPacket;
import dev.slipgate.protocol.slipgate.handshake.ResponsePayload;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the native protocol: an endpoint with one session, from its INIT to its end.
 * Sans-IO and confined to one thread like any endpoint. Used once: a new session takes a new
 * endpoint. Where its own packets leave from may change at any time; the gateway's address does
 * not.
 */
public final class SlipgateClientEndpoint implements Endpoint {
    /** Where the session reports to, and its handshake if it fails. */
    public interface Listener extends SessionListener {
        /** There will be no session. Called once, instead of {@link #onConnected}. */
        void onFailed(ConnectFailure failure, long nowNs);
    }

    private static final int CONNECT_TOKEN = 0;

    private final SlipgateClientConfig config;
    private final CarrierKind kind;
    private final Offer offer;
    private final Crypto crypto;
    private final GatewayPublicKey gatewayKey;
    private final byte[] token;
    private final PeerAddress gateway;
    private final Listener listener;
    private final DropCounter drops;
    private final SlipgateContext context;
    private boolean started;
    private @Nullable ClientHandshake handshake;
    private ResponsePayload.@Nullable Accepted accepted;
    private @Nullable SlipgateSession session;
    private boolean ended;
    private boolean writable = true;
    private boolean streamToClose;
    private long deadlineNs = NEVER;

    /**
     * @param gatewayPublicKey the pinned key, 32 bytes; not copied
     * @param token what the gateway's verifier is told, at most 4096 bytes, empty for none; not
     *     copied
     * @param gateway what the carrier says packets come from; nothing else is listened to
     * @param random cryptographically strong, confined to this endpoint's thread
     * @param pool confined to this endpoint's thread
     * @throws IllegalArgumentException when the key is not of 32 bytes
     */
    public SlipgateClientEndpoint(
            SlipgateClientConfig config,
            CarrierKind kind,
            Crypto crypto,
            byte[] gatewayPublicKey,
            byte[] token,
            PeerAddress gateway,
            RandomGenerator random,
            Listener listener,
            DropCounter drops,
            BytePool pool) {
        this.config = config;
        this.kind = kind;
        this.offer = config.offer().withPacketsAtMost(kind.maxPacketBytes());
        this.crypto = crypto;
        this.gatewayKey = GatewayPublicKey.of(crypto, gatewayPublicKey);
        this.token = token;
        this.gateway = gateway;
        this.listener = listener;
        this.drops = drops;
        this.context =
                new SlipgateContext(
                        config.session(), crypto, new Host(), listener, drops, pool, random);
    }

    /**
     * Input: begins the handshake; on a stream, once it is open.
     *
     * @throws IllegalStateException when called twice
     */
    public void start(long nowNs) {
        if (started) {
            throw new IllegalStateException("this endpoint was used before; make a new one");
        }
        started = true;
        var plan =
                new ClientHandshake.Plan(
                        gatewayKey, offer, !kind.stream(), config.connectTimeoutNs());
        handshake = new ClientHandshake(crypto, plan, nowNs);
    }

    /** The session; null until {@link SessionListener#onConnected}. */
    public @Nullable Session session() {
        return session;
    }

    @Override
    public void onDatagram(PeerAddress peer, ByteBuffer datagram, long nowNs) {
        DropReason refusal;
        if (!peer.equals(gateway)) {
            refusal = DropReason.NO_SESSION;
        } else if (!datagram.hasRemaining()) {
            refusal = DropReason.BAD_SIZE;
        } else {
            byte[] bytes = datagram.array();
            int offset = datagram.arrayOffset() + datagram.position();
            int length = datagram.remaining();
            refusal =
                    PacketHeader.isSealed(bytes[offset])
                            ? onSealed(bytes, offset, length, nowNs)
                            : onClear(bytes, offset, length, nowNs);
        }
        if (refusal != null) {
            drops.count(refusal);
            breakStream(nowNs);
        }
    }

    private @Nullable DropReason onSealed(byte[] bytes, int offset, int length, long nowNs) {
        if (length < PacketHeader.MIN_PACKET_BYTES) {
            return DropReason.BAD_SIZE;
        }
        SlipgateSession live = session;
        if (live == null || ended || PacketHeader.sessionIdAt(bytes, offset) != live.id()) {
            return DropReason.NO_SESSION;
        }
        return live.onPacket(gateway, bytes, offset, length, nowNs);
    }

    private @Nullable DropReason onClear(byte[] bytes, int offset, int length, long nowNs) {
        SlipgateSession live = session;
        if (live != null) {
            return onClearAfterHandshake(live, bytes, offset, length, nowNs);
        }
        ClientHandshake pending = handshake;
        return pending == null
                ? DropReason.NO_SESSION
                : pending.onClear(bytes, offset, length, nowNs);
    }

    /** Nothing but a RESET is looked at any more, and on a stream not even that. */
    private @Nullable DropReason onClearAfterHandshake(
            SlipgateSession live, byte[] bytes, int offset, int length, long nowNs) {
        DropReason refusal = ClearHeader.refusal(bytes, offset, length);
        if (refusal != null) {
            return refusal;
        }
        if (kind.stream() || ClearHeader.kind(bytes, offset) != ClearHeader.RESET) {
            return DropReason.HELLO_ON_LIVE_SESSION;
        }
        if (accepted == null
                || !ResetPacket.isFor(bytes, offset, length, live.id(), accepted.resetToken())) {
            return DropReason.BAD_RESET;
        }
        live.end(CloseReason.SESSION_UNKNOWN, nowNs);
        return null;
    }

    /** A stream that brings what is dropped is of no use: nothing comes again there. */
    private void breakStream(long nowNs) {
        SlipgateSession live = session;
        if (kind.stream() && live != null && live.phase() != SessionPhase.CLOSING && !ended) {
            live.end(CloseReason.PROTOCOL_ERROR, nowNs);
        }
    }

    @Override
    public void onTimeout(long nowNs) {
        ClientHandshake pending = handshake;
        if (pending != null) {
            pending.onTimeout(nowNs);
            settleHandshake(pending, nowNs);
        }
        SlipgateSession live = session;
        if (live != null && nowNs >= deadlineNs) {
            deadlineNs = NEVER;
            live.onDeadline(nowNs);
        }
    }

    @Override
    public void onPeerGone(PeerAddress peer, long nowNs) {
        streamToClose = false;
        ClientHandshake pending = handshake;
        if (pending != null) {
            pending.onGone();
            settleHandshake(pending, nowNs);
        } else if (session != null && !ended) {
            session.end(CloseReason.GATEWAY_LOST, nowNs);
            streamToClose = false;
        }
    }

    @Override
    public void onPeerWritable(PeerAddress peer, boolean nowWritable, long nowNs) {
        writable = nowWritable;
        if (session != null) {
            session.onPeerWritable(nowWritable, nowNs);
        }
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        ClientHandshake pending = handshake;
        if (pending != null && writable) {
            byte[] init = pending.pollInit(nowNs);
            if (init != null) {
                ReadyDatagrams.fill(out, gateway, init);
                return true;
            }
        }
        SlipgateSession live = session;
        if (live == null || !live.inReadyList) {
            return false;
        }
        if (live.poll(out, nowNs)) {
            return true;
        }
        live.inReadyList = false;
        settle(live, nowNs);
        return false;
    }

    private void settle(SlipgateSession live, long nowNs) {
        if (kind.stream() && live.phase() == SessionPhase.CLOSING) {
            // Its CLOSE is out: on a stream nothing comes behind it that would need another.
            live.forget();
        } else {
            live.settle(nowNs);
        }
    }

    @Override
    public @Nullable PeerAddress pollStreamToClose() {
        if (!streamToClose) {
            return null;
        }
        streamToClose = false;
        return gateway;
    }

    @Override
    public @Nullable Job pollJob() {
        return handshake == null ? null : handshake.pollJob();
    }

    @Override
    public void onJobDone(Job job, long nowNs) {
        ClientHandshake pending = handshake;
        if (pending == null) {
            return;
        }
        DropReason refusal = pending.onJobDone(job, nowNs);
        if (refusal != null) {
            drops.count(refusal);
        }
        settleHandshake(pending, nowNs);
    }

    private void settleHandshake(ClientHandshake pending, long nowNs) {
        ClientHandshake.Outcome outcome = pending.outcome();
        if (outcome == null) {
            return;
        }
        handshake = null;
        switch (outcome) {
            case ClientHandshake.Outcome.Opened opened -> begin(opened, nowNs);
            case ClientHandshake.Outcome.Full full ->
                    fail(ConnectFailure.Kind.SERVER_FULL, "", full.retryAfterMs(), nowNs);
            case ClientHandshake.Outcome.VersionMismatch mismatch ->
                    fail(ConnectFailure.Kind.VERSION_MISMATCH, mismatch.detail(), 0, nowNs);
            case ClientHandshake.Outcome.WrongKey wrongKey ->
                    fail(ConnectFailure.Kind.WRONG_KEY, wrongKey.detail(), 0, nowNs);
            case ClientHandshake.Outcome.NoAnswer nothing ->
                    fail(ConnectFailure.Kind.NO_ANSWER, "nothing came in time", 0, nowNs);
        }
    }

    private void begin(ClientHandshake.Outcome.Opened opened, long nowNs) {
        accepted = opened.accepted();
        var begun =
                new SlipgateSession(
                        accepted.sessionId(),
                        Side.CLIENT,
                        gateway,
                        opened.keys(),
                        Negotiation.agree(kind, offer, accepted.offer()),
                        context);
        session = begun;
        if (opened.roundTripNs() != ClientHandshake.UNKNOWN_ROUND_TRIP) {
            // So that a first packet that is lost is told from one that is late in no time.
            begun.recovery.rtt().onSample(opened.roundTripNs(), 0, nowNs);
        }
        begun.startAsClient(CONNECT_TOKEN, token, nowNs);
        if (!writable) {
            begun.onPeerWritable(false, nowNs);
        }
    }

    private void fail(ConnectFailure.Kind kindOfFailure, String detail, long retryMs, long nowNs) {
        String clause = detail.isEmpty() ? "the gateway has no room" : detail;
        streamToClose = kind.stream();
        listener.onFailed(new ConnectFailure(kindOfFailure, clause, retryMs), nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return handshake != null ? handshake.nextTimeoutNs() : deadlineNs;
    }

    @Override
    public int sessionCount() {
        return session != null && !ended ? 1 : 0;
    }

    @Override
    public int handshakeCount() {
        return handshake != null ? 1 : 0;
    }

    /** A handshake is given up without a word to the listener. */
    @Override
    public void close(CloseReason reason, long nowNs) {
        handshake = null;
        if (session != null) {
            session.close(reason, nowNs);
        }
    }

    /** How the session reaches back into this endpoint. */
    private final class Host implements SessionHost {
        @Override
        public void onReady(SlipgateSession live) {
            live.inReadyList = true;
        }

        @Override
        public void onDeadline(SlipgateSession ignored, long dueNs, long nowNs) {
            // Not before the next tick, as of a wheel: what is due now was looked at just now.
            deadlineNs = Math.min(deadlineNs, Math.max(dueNs, nowNs + TimerWheel.TICK_NS));
        }

        @Override
        public void onProven(SlipgateSession ignored, long nowNs) {}

        @Override
        public void onToken(SlipgateSession ignored, byte[] theirs, long nowNs) {}

        @Override
        public void onEnded(SlipgateSession ignored) {
            ended = true;
            deadlineNs = NEVER;
            streamToClose = kind.stream();
        }
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memory.LongMap;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.session.timer.TimerWheel;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.InitSlot;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import dev.slipgate.protocol.slipgate.handshake.ServerHandshakes;
import dev.slipgate.protocol.slipgate.handshake.SessionIds;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's side of the native protocol behind the sockets of one event loop and one kind of
 * carrier. A packet enters at {@link #onDatagram}: a clear one goes to the handshakes, a sealed one
 * to the session with its id, wherever it came from. The order of the checks is that of {@code
 * docs/wire-protocol.md}.
 */
public final class SlipgateServerEndpoint implements Endpoint {
    private final SlipgateServerConfig config;
    private final CarrierKind kind;
    private final Offer offer;
    private final DropCounter drops;
    private final SlipgateContext context;
    private final ServerHandshakes handshakes;
    private final TokenChecks tokens;

    /** By session id: those that are proven, and those whose proof is being looked at. */
    private final LongMap<SlipgateSession> sessions = new LongMap<>();

    private final TimerWheel wheel = new TimerWheel();
    private final ArrayDeque<SlipgateSession> ready = new ArrayDeque<>();

    private final PacketHeader header = new PacketHeader();

    /** Null where packets come as datagrams. */
    private final @Nullable StreamPeers streams;

    private int provenCount;
    private boolean closed;

    /**
     * @param gatewayName told apart from all that hold the same keys; the same after a restart, if
     *     clients are to believe that it happened
     * @param random cryptographically strong, confined to this endpoint's thread
     * @param pool confined to this endpoint's thread
     * @param epochAtZeroNs unix time in nanoseconds at {@code nowNs} 0, for cookies
     * @param loopIndex 0 to 255, the high 8 bits of every session id; no two endpoints of a gateway
     *     that take datagrams have the same
     * @param cookieSecret at least 16 random bytes, the same for all endpoints of a process
     */
    public SlipgateServerEndpoint(
            SlipgateServerConfig config,
            CarrierKind kind,
            Crypto crypto,
            GatewayKeys keys,
            String gatewayName,
            TokenVerifier verifier,
            RandomGenerator random,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            long epochAtZeroNs,
            int loopIndex,
            byte[] cookieSecret) {
        if (loopIndex < 0 || loopIndex >= SessionIds.MAX_LOOPS) {
            throw new IllegalArgumentException("loopIndex is " + loopIndex + ", not 0 to 255");
        }
        this.config = config;
        this.kind = kind;
        this.offer = config.offer().withPacketsAtMost(kind.maxPacketBytes());
        this.drops = drops;
        this.context =
                new SlipgateContext(
                        config.session(), crypto, new Sessions(), listener, drops, pool, random);
        this.tokens = new TokenChecks(verifier, config.maxTokenJobs());
        this.streams = kind.stream() ? new StreamPeers() : null;
        this.handshakes =
                new ServerHandshakes(
                        config.handshakes(),
                        crypto,
                        new ServerHandshakes.Identity(
                                keys, gatewayName, offer, config.retryAfterMs()),
                        new Strangers(),
                        random,
                        drops,
                        epochAtZeroNs,
                        loopIndex,
                        kind.stream() ? null : cookieSecret);
    }

    /**
     * The loop index in the session id of a sealed packet, -1 when the packet names none: how the
     * carriers of a gateway find the loop that a packet belongs to.
     */
    public static int loopOf(byte[] datagram, int offset, int length) {
        return length >= PacketHeader.MIN_PACKET_BYTES && PacketHeader.isSealed(datagram[offset])
                ? SessionIds.loopOf(PacketHeader.sessionIdAt(datagram, offset))
                : -1;
    }

    @Override
    public void onDatagram(PeerAddress peer, ByteBuffer datagram, long nowNs) {
        byte[] bytes = datagram.array();
        int offset = datagram.arrayOffset() + datagram.position();
        int length = datagram.remaining();
        DropReason refusal;
        if (length == 0) {
            refusal = DropReason.BAD_SIZE;
        } else if (streams != null && streams.isClosing(peer)) {
            refusal = DropReason.BAD_STREAM;
        } else if (PacketHeader.isSealed(bytes[offset])) {
            refusal = onSealed(peer, bytes, offset, length, nowNs);
        } else {
            refusal = onClear(peer, bytes, offset, length, nowNs);
        }
        if (refusal != null) {
            drops.count(refusal);
            if (streams != null) {
                breakStream(streams, peer, nowNs);
            }
        }
    }

    private @Nullable DropReason onClear(
            PeerAddress peer, byte[] bytes, int offset, int length, long nowNs) {
        if (streams != null && streams.isBound(peer)) {
            return DropReason.HELLO_ON_LIVE_SESSION;
        }
        return closed
                ? DropReason.SESSION_CAP
                : handshakes.onClear(peer, bytes, offset, length, nowNs);
    }

    private @Nullable DropReason onSealed(
            PeerAddress peer, byte[] bytes, int offset, int length, long nowNs) {
        if (length < PacketHeader.MIN_PACKET_BYTES) {
            return DropReason.BAD_SIZE;
        }
        long sessionId = PacketHeader.sessionIdAt(bytes, offset);
        SlipgateSession session = sessions.find(sessionId);
        if (session == null) {
            session = beginSession(sessionId);
        }
        if (session == null) {
            return onUnknown(peer, bytes, offset, length, nowNs);
        }
        if (streams != null && !session.peer().equals(peer)) {
            return DropReason.NO_SESSION;
        }
        return session.onPacket(peer, bytes, offset, length, nowNs);
    }

    /** The session of an answered handshake; null when there is none of this id. */
    private @Nullable SlipgateSession beginSession(long sessionId) {
        InitSlot slot = handshakes.find(sessionId);
        if (slot == null || !slot.answered()) {
            return null;
        }
        Agreed agreed = Negotiation.agree(kind, offer, slot.theirs());
        var session =
                new SlipgateSession(
                        sessionId, Side.GATEWAY, slot.peer(), slot.keys(), agreed, context);
        sessions.put(sessionId, session);
        return session;
    }

    private DropReason onUnknown(
            PeerAddress peer, byte[] bytes, int offset, int length, long nowNs) {
        DropReason refusal = header.parse(bytes, offset, length);
        if (refusal != null) {
            return refusal;
        }
        if (streams == null) {
            handshakes.reset(peer, header.sessionId(), nowNs);
        }
        return DropReason.NO_SESSION;
    }

    /** A stream that brings what is dropped is of no use: nothing comes again there. */
    private void breakStream(StreamPeers peers, PeerAddress peer, long nowNs) {
        SlipgateSession session = sessionOf(peers, peer);
        if (session != null && session.phase() == SessionPhase.CLOSING) {
            return; // It knows, and its CLOSE says why.
        }
        endStream(peers, peer, CloseReason.PROTOCOL_ERROR, nowNs);
        peers.close(peer);
    }

    private @Nullable SlipgateSession sessionOf(StreamPeers peers, PeerAddress peer) {
        Long sessionId = peers.sessionOf(peer);
        return sessionId == null ? null : sessions.find(sessionId);
    }

    private void endStream(StreamPeers peers, PeerAddress peer, CloseReason reason, long nowNs) {
        Long sessionId = peers.sessionOf(peer);
        if (sessionId == null) {
            return;
        }
        SlipgateSession session = sessions.find(sessionId);
        InitSlot slot = handshakes.find(sessionId);
        if (slot != null) {
            handshakes.forget(slot);
        } else if (session != null) {
            session.end(reason, nowNs);
        }
    }

    @Override
    public void onPeerGone(PeerAddress peer, long nowNs) {
        if (streams != null) {
            endStream(streams, peer, CloseReason.CLIENT_CLOSED, nowNs);
            streams.onGone(peer);
        }
    }

    @Override
    public void onPeerWritable(PeerAddress peer, boolean writable, long nowNs) {
        if (streams == null) {
            return;
        }
        streams.setWritable(peer, writable);
        SlipgateSession session = sessionOf(streams, peer);
        if (session != null) {
            session.onPeerWritable(writable, nowNs);
        }
    }

    @Override
    public void onTimeout(long nowNs) {
        handshakes.expire(nowNs);
        wheel.advance(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return Math.min(handshakes.nextExpiryNs(), wheel.nextNs());
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        while (handshakes.pollTransmit(out)) {
            if (streams == null || !streams.isBlocked(Objects.requireNonNull(out.peer))) {
                return true;
            }
            drops.count(DropReason.ANSWER_RATE);
        }
        SlipgateSession session;
        while ((session = ready.peekFirst()) != null) {
            if (session.poll(out, nowNs)) {
                return true;
            }
            ready.pollFirst();
            session.inReadyList = false;
            settle(session, nowNs);
        }
        return false;
    }

    private void settle(SlipgateSession session, long nowNs) {
        if (streams != null && session.phase() == SessionPhase.CLOSING) {
            // Its CLOSE is out: on a stream nothing comes behind it that would need another.
            session.forget();
        } else {
            session.settle(nowNs);
        }
    }

    @Override
    public @Nullable PeerAddress pollStreamToClose() {
        return streams == null ? null : streams.pollToClose();
    }

    @Override
    public @Nullable Job pollJob() {
        Job job = tokens.pollJob();
        return job != null ? job : handshakes.pollJob();
    }

    @Override
    public void onJobDone(Job job, long nowNs) {
        if (job instanceof TokenJob checked) {
            tokens.onJobDone(checked, nowNs);
        } else {
            handshakes.onJobDone(job);
        }
    }

    @Override
    public int sessionCount() {
        return provenCount;
    }

    @Override
    public int handshakeCount() {
        return handshakes.size();
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        closed = true;
        handshakes.clear();
        for (SlipgateSession session : sessions.valuesNow()) {
            session.close(reason, nowNs);
        }
    }

    /** How handshakes reach back into this endpoint. */
    private final class Strangers implements ServerHandshakes.Host {
        @Override
        public boolean isTaken(long sessionId) {
            return sessions.find(sessionId) != null;
        }

        @Override
        public boolean isFull() {
            return provenCount >= config.maxSessions();
        }

        @Override
        public void onBegun(InitSlot slot) {
            if (streams != null) {
                streams.bind(slot.peer(), slot.sessionId());
            }
        }

        @Override
        public void onForgotten(InitSlot slot) {
            sessions.remove(slot.sessionId());
            if (streams != null) {
                streams.close(slot.peer());
            }
        }
    }

    /** How sessions reach back into this endpoint. */
    private final class Sessions implements SessionHost {
        @Override
        public void onReady(SlipgateSession session) {
            if (!session.inReadyList) {
                session.inReadyList = true;
                ready.addLast(session);
            }
        }

        @Override
        public void onDeadline(SlipgateSession session, long deadlineNs, long nowNs) {
            wheel.arm(session, deadlineNs, nowNs);
        }

        @Override
        public void onProven(SlipgateSession session, long nowNs) {
            InitSlot slot = handshakes.find(session.id());
            if (slot != null) {
                handshakes.onProven(slot);
                provenCount++;
            }
            if (streams != null && streams.isBlocked(session.peer())) {
                session.onPeerWritable(false, nowNs);
            }
        }

        @Override
        public void onToken(SlipgateSession session, byte[] token, long nowNs) {
            if (provenCount > config.maxSessions()) {
                // More handshakes were answered than there was room left.
                session.close(CloseReason.SERVER_FULL, nowNs);
            } else {
                tokens.check(session, token, nowNs);
            }
        }

        @Override
        public void onEnded(SlipgateSession session) {
            wheel.cancel(session);
            if (sessions.remove(session.id())) {
                provenCount--;
            }
            if (streams != null) {
                streams.close(session.peer());
            }
        }
    }
}

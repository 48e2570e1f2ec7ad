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
    private final LongMap<SessionEntry> sessions = new LongMap<>();

    private final TimerWheel wheel = new TimerWheel();
    private final ArrayDeque<SessionEntry> ready = new ArrayDeque<>();

    /** Sessions in the order of their proof; those that are decided upon leave at the head. */
    private final ArrayDeque<SessionEntry> undecided = new ArrayDeque<>();

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
        SessionEntry entry = sessions.find(sessionId);
        if (entry == null) {
            entry = beginSession(sessionId);
        }
        if (entry == null) {
            return onUnknown(peer, bytes, offset, length, nowNs);
        }
        if (streams != null && !entry.session.peer().equals(peer)) {
            return DropReason.NO_SESSION;
        }
        return entry.session.onPacket(peer, bytes, offset, length, nowNs);
    }

    /** The session of an answered handshake; null when there is none of this id. */
    private @Nullable SessionEntry beginSession(long sessionId) {
        InitSlot slot = handshakes.find(sessionId);
        if (slot == null || !slot.answered()) {
            return null;
        }
        Agreed agreed = Negotiation.agree(kind, offer, slot.theirs());
        var session =
                new SlipgateSession(
                        sessionId, Side.GATEWAY, slot.peer(), slot.keys(), agreed, context);
        var entry = new SessionEntry(session, slot);
        sessions.put(sessionId, entry);
        return entry;
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
        endStream(peers, peer, CloseReason.PROTOCOL_ERROR, nowNs);
        peers.close(peer);
    }

    private void endStream(StreamPeers peers, PeerAddress peer, CloseReason reason, long nowNs) {
        Long sessionId = peers.sessionOf(peer);
        if (sessionId == null) {
            return;
        }
        SessionEntry entry = sessions.find(sessionId);
        InitSlot slot = handshakes.find(sessionId);
        if (slot != null) {
            handshakes.forget(slot);
        } else if (entry != null) {
            entry.session.end(reason, nowNs);
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
        Long sessionId = streams.sessionOf(peer);
        SessionEntry entry = sessionId == null ? null : sessions.find(sessionId);
        if (entry != null) {
            entry.session.onPeerWritable(writable, nowNs);
        }
    }

    @Override
    public void onTimeout(long nowNs) {
        handshakes.expire(nowNs);
        wheel.advance(nowNs);
        SessionEntry oldest;
        while ((oldest = firstUndecided()) != null && oldest.decideByNs <= nowNs) {
            oldest.decided = true;
            oldest.session.refused("no token was accepted in time", nowNs);
        }
    }

    private @Nullable SessionEntry firstUndecided() {
        SessionEntry oldest;
        while ((oldest = undecided.peekFirst()) != null && oldest.decided) {
            undecided.pollFirst();
        }
        return oldest;
    }

    @Override
    public long nextTimeoutNs() {
        SessionEntry oldest = firstUndecided();
        long decideByNs = oldest == null ? NEVER : oldest.decideByNs;
        return Math.min(decideByNs, Math.min(handshakes.nextExpiryNs(), wheel.nextNs()));
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        while (handshakes.pollTransmit(out)) {
            if (streams == null || !streams.isBlocked(Objects.requireNonNull(out.peer))) {
                return true;
            }
            drops.count(DropReason.ANSWER_RATE);
        }
        SessionEntry entry;
        while ((entry = ready.peekFirst()) != null) {
            if (entry.session.poll(out, nowNs)) {
                return true;
            }
            ready.pollFirst();
            entry.inReadyList = false;
            entry.session.settle(nowNs);
        }
        return false;
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
            SessionEntry entry = sessions.find(checked.session.id());
            boolean live =
                    entry != null && entry.session == checked.session && !entry.decided && !closed;
            if (live) {
                entry.decided = true;
            }
            tokens.onJobDone(checked, live, nowNs);
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
        for (SessionEntry entry : sessions.valuesNow()) {
            entry.decided = true;
            entry.session.close(reason, nowNs);
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
            SessionEntry unproven = sessions.find(slot.sessionId());
            if (unproven != null) {
                forget(unproven);
            }
            if (streams != null) {
                streams.close(slot.peer());
            }
        }
    }

    private void forget(SessionEntry entry) {
        entry.decided = true;
        wheel.cancel(entry);
        sessions.remove(entry.session.id());
    }

    /** How sessions reach back into this endpoint. */
    private final class Sessions implements SessionHost {
        @Override
        public void onReady(SlipgateSession session) {
            SessionEntry entry = sessions.find(session.id());
            if (entry != null && !entry.inReadyList) {
                entry.inReadyList = true;
                ready.addLast(entry);
            }
        }

        @Override
        public void onDeadline(SlipgateSession session, long deadlineNs, long nowNs) {
            SessionEntry entry = sessions.find(session.id());
            if (entry != null) {
                wheel.arm(entry, deadlineNs, nowNs);
            }
        }

        @Override
        public void onProven(SlipgateSession session, long nowNs) {
            SessionEntry entry = sessions.find(session.id());
            if (entry == null || entry.slot == null) {
                return;
            }
            handshakes.onProven(entry.slot);
            entry.slot = null;
            entry.decideByNs = nowNs + config.tokenTimeoutNs();
            undecided.addLast(entry);
            provenCount++;
            if (streams != null && streams.isBlocked(session.peer())) {
                session.onPeerWritable(false, nowNs);
            }
        }

        @Override
        public void onToken(SlipgateSession session, byte[] token, long nowNs) {
            SessionEntry entry = sessions.find(session.id());
            if (entry == null || entry.decided) {
                return;
            }
            if (provenCount > config.maxSessions()) {
                // More handshakes were answered than there was room left.
                entry.decided = true;
                session.close(CloseReason.SERVER_FULL, nowNs);
                return;
            }
            entry.decided = tokens.decidesAtOnce();
            tokens.check(session, token, nowNs);
        }

        @Override
        public void onEnded(SlipgateSession session) {
            SessionEntry entry = sessions.find(session.id());
            if (entry == null) {
                return;
            }
            forget(entry);
            if (entry.proven()) {
                provenCount--;
            }
            if (streams != null) {
                streams.close(session.peer());
            }
        }
    }
}

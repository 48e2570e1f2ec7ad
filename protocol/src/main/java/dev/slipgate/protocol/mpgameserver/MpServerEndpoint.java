package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.handshake.ReadyDatagrams;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.session.timer.TimerWheel;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The server side of the dialect behind one socket. A datagram enters at {@link #onDatagram}: a
 * hello goes to the handshakes, anything else to the session at its address, or to the one that
 * waits for its proof there. The order of the checks is that of {@code
 * docs/dialect-mpgameserver.md}.
 */
public final class MpServerEndpoint implements Endpoint {
    private static final int LOOP_BITS = 8;

    private final MpServerConfig config;
    private final RandomGenerator random;
    private final DropCounter drops;
    private final int loopIndex;
    private final SessionContext context;
    private final Handshakes handshakes;
    private final Map<PeerAddress, MpSession> sessions = new HashMap<>();
    private final TimerWheel wheel = new TimerWheel();
    private final ArrayDeque<MpSession> ready = new ArrayDeque<>();
    private final ReadyDatagrams farewells;
    private boolean closed;

    /**
     * @param rootKey the server's lasting P-256 key, which clients pin
     * @param rootSpki its public half as DER SubjectPublicKeyInfo
     * @param random cryptographically strong, confined to this endpoint's thread
     * @param pool confined to this endpoint's thread
     * @param epochAtZeroNs unix time in nanoseconds at {@code nowNs} 0, for the header
     * @param loopIndex 0 to 255, the high 8 bits of every session id
     */
    public MpServerEndpoint(
            MpServerConfig config,
            Crypto crypto,
            PrivateKey rootKey,
            byte[] rootSpki,
            RandomGenerator random,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            long epochAtZeroNs,
            int loopIndex) {
        if (loopIndex < 0 || loopIndex >= 1 << LOOP_BITS) {
            throw new IllegalArgumentException("loopIndex is " + loopIndex + ", not 0 to 255");
        }
        this.config = config;
        this.random = random;
        this.drops = drops;
        this.loopIndex = loopIndex;
        this.farewells = new ReadyDatagrams(config.maxSessions());
        this.context =
                new SessionContext(
                        true, config.session(), new Host(), listener, drops, pool, epochAtZeroNs);
        var root = new ServerHandshakeJob.Root(rootKey, rootSpki.clone());
        this.handshakes = new Handshakes(config, crypto, root, random, drops, context);
    }

    @Override
    public void onDatagram(PeerAddress peer, ByteBuffer datagram, long nowNs) {
        byte[] bytes = datagram.array();
        int offset = datagram.arrayOffset() + datagram.position();
        int length = datagram.remaining();
        DropReason refusal = context.headerRefusal(bytes, offset, length, Wire.CLIENT_HELLO);
        if (refusal == null) {
            refusal =
                    Wire.type(bytes, offset) == Wire.CLIENT_HELLO
                            ? onHello(peer, bytes, offset, length, nowNs)
                            : onSealed(peer, bytes, offset, length, nowNs);
        }
        if (refusal != null) {
            drops.count(refusal);
        }
    }

    private @Nullable DropReason onHello(
            PeerAddress peer, byte[] bytes, int offset, int length, long nowNs) {
        if (!PlainPacket.lengthAgrees(bytes, offset, length)) {
            return DropReason.BAD_LENGTH;
        }
        if (Wire.length(bytes, offset) < context.sizes().helloLengthBytes()) {
            return DropReason.UNPADDED_HELLO;
        }
        if (!PlainPacket.crcAgrees(bytes, offset, length)) {
            return DropReason.BAD_CRC;
        }
        MpSession live = sessions.get(peer);
        if (live != null && live.began(bytes, offset, length)) {
            return DropReason.HELLO_ON_LIVE_SESSION;
        }
        if (closed || (live == null && sessions.size() >= config.maxSessions())) {
            return DropReason.SESSION_CAP;
        }
        return handshakes.onHello(peer, bytes, offset, length, nowNs);
    }

    private @Nullable DropReason onSealed(
            PeerAddress peer, byte[] bytes, int offset, int length, long nowNs) {
        if (!context.sealedLengthAgrees(bytes, offset, length)) {
            return DropReason.BAD_LENGTH;
        }
        MpSession live = sessions.get(peer);
        if (live != null) {
            int opened = live.open(bytes, offset, length);
            if (opened >= 0) {
                return live.onOpened(bytes, offset, length, opened, nowNs);
            }
            live.stats().packetsDropped++;
        }
        MpSession unproven = handshakes.unproven(peer);
        if (unproven == null) {
            return live == null ? DropReason.NO_SESSION : DropReason.BAD_TAG;
        }
        int opened = unproven.open(bytes, offset, length);
        if (opened < 0) {
            return DropReason.BAD_TAG;
        }
        if (live == null && sessions.size() >= config.maxSessions()) {
            return DropReason.SESSION_CAP;
        }
        return unproven.onOpened(bytes, offset, length, opened, nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        handshakes.expire(nowNs);
        wheel.advance(nowNs);
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        if (farewells.poll(out) || handshakes.pollAnswer(out)) {
            return true;
        }
        MpSession session;
        while ((session = ready.peekFirst()) != null) {
            if (session.poll(out, nowNs)) {
                return true;
            }
            ready.pollFirst();
            session.inReadyList = false;
            session.settle(nowNs);
        }
        return false;
    }

    @Override
    public @Nullable Job pollJob() {
        return handshakes.pollJob();
    }

    @Override
    public void onJobDone(Job job, long nowNs) {
        if (job instanceof ServerHandshakeJob handshake) {
            handshakes.onJobDone(handshake, drawSessionId());
        }
    }

    private long drawSessionId() {
        long random56;
        do {
            random56 = random.nextLong() >>> LOOP_BITS;
        } while (random56 == 0);
        return ((long) loopIndex << (Long.SIZE - LOOP_BITS)) | random56;
    }

    @Override
    public long nextTimeoutNs() {
        return Math.min(handshakes.nextExpiryNs(), wheel.nextNs());
    }

    @Override
    public int sessionCount() {
        return sessions.size();
    }

    @Override
    public int handshakeCount() {
        return handshakes.size();
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        closed = true;
        handshakes.clear();
        for (MpSession session : new ArrayList<>(sessions.values())) {
            session.close(reason, nowNs);
        }
    }

    /** How sessions reach back into this endpoint. */
    private final class Host implements SessionHost {
        @Override
        public void onReady(MpSession session) {
            if (!session.inReadyList) {
                session.inReadyList = true;
                ready.addLast(session);
            }
        }

        @Override
        public void onDeadline(MpSession session, long deadlineNs, long nowNs) {
            wheel.arm(session, deadlineNs, nowNs);
        }

        @Override
        public void onProven(MpSession session, long nowNs) {
            handshakes.onProven(session);
            MpSession former = sessions.put(session.peer(), session);
            if (former != null) {
                // Same address, new keys: the client started anew and does not know the old ones.
                former.end(CloseReason.CLIENT_CLOSED, nowNs, false);
            }
        }

        @Override
        public void onEnded(MpSession session) {
            wheel.cancel(session);
            sessions.remove(session.peer(), session);
            handshakes.freeToken(session.token());
        }

        @Override
        public void onFarewell(PeerAddress peer, byte[] datagram) {
            farewells.tryAdd(peer, datagram);
        }
    }
}

package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The strangers of a server: at most one handshake per address, a bounded number in all, a bounded
 * number of jobs, a rate per host; each is forgotten after the handshake timeout.
 */
final class Handshakes {
    private final MpServerConfig config;
    private final Crypto crypto;
    private final ServerHandshakeJob.Root root;
    private final RandomGenerator random;
    private final DropCounter drops;
    private final SessionContext context;
    private final HostRates rates;

    /** In the order in which they began, which is that in which they expire. */
    private final LinkedHashMap<PeerAddress, HandshakeSlot> slots = new LinkedHashMap<>();

    private final Queue<Job> jobs = new ArrayDeque<>();
    private final Queue<HandshakeSlot> answers = new ArrayDeque<>();
    private final Set<Integer> tokens = new HashSet<>();
    private int jobsInProgress;

    Handshakes(
            MpServerConfig config,
            Crypto crypto,
            ServerHandshakeJob.Root root,
            RandomGenerator random,
            DropCounter drops,
            SessionContext context) {
        this.config = config;
        this.crypto = crypto;
        this.root = root;
        this.random = random;
        this.drops = drops;
        this.context = context;
        this.rates =
                new HostRates(
                        config.handshakesPerHostPerSecond(),
                        config.handshakeBurstPerHost(),
                        config.maxHosts());
    }

    /** Takes a hello whose CRC is right; null, or why it is dropped. */
    @Nullable DropReason onHello(
            PeerAddress peer, byte[] datagram, int offset, int length, long nowNs) {
        int body = offset + PlainPacket.BODY;
        int bodyLength = length - PlainPacket.BODY - Wire.CRC_BYTES;
        ClientHello hello = ClientHello.decode(datagram, body, bodyLength);
        if (hello == null || !PlainPacket.numbersAgree(datagram, offset)) {
            return DropReason.BAD_HELLO;
        }
        if (hello.version() != ClientHello.VERSION) {
            return DropReason.BAD_VERSION;
        }
        HandshakeSlot known = slots.get(peer);
        if (known != null) {
            return onHelloAgain(known, hello);
        }
        if (slots.size() >= config.maxHandshakes() || jobsInProgress >= config.maxHandshakeJobs()) {
            return DropReason.HANDSHAKE_CAP;
        }
        if (!rates.tryTake(peer.host(), nowNs)) {
            return DropReason.HANDSHAKE_RATE;
        }
        start(peer, hello, datagram, offset, nowNs);
        return null;
    }

    /** The same hello gets the same bytes; another from the same address waits its turn. */
    private @Nullable DropReason onHelloAgain(HandshakeSlot slot, ClientHello hello) {
        if (!hello.sameKeyAs(slot.clientSpki)) {
            return DropReason.HANDSHAKE_RATE;
        }
        if (slot.answer == null) {
            return DropReason.REPLAYED_PACKET;
        }
        queueAnswer(slot);
        return null;
    }

    private void start(
            PeerAddress peer, ClientHello hello, byte[] datagram, int offset, long nowNs) {
        int token;
        do {
            token = (random.nextInt() & (ServerHello.TOKEN_BIT - 1)) | ServerHello.TOKEN_BIT;
        } while (!tokens.add(token));
        var slot =
                new HandshakeSlot(
                        peer,
                        hello.spki(),
                        Wire.packetNumber(datagram, offset),
                        Wire.u16(datagram, offset + Wire.HEADER_BYTES),
                        Wire.seconds(datagram, offset),
                        token,
                        nowNs + config.handshakeTimeoutNs());
        slots.put(peer, slot);
        byte[] salt = new byte[ServerHello.SALT_BYTES];
        random.nextBytes(salt);
        jobs.add(new ServerHandshakeJob(slot, crypto, root, salt, context.secondsAt(nowNs)));
        jobsInProgress++;
    }

    @Nullable Job pollJob() {
        return jobs.poll();
    }

    /** Takes a job's result: the slot has its answer and its session now. */
    void onJobDone(ServerHandshakeJob job, long sessionId) {
        jobsInProgress--;
        HandshakeSlot slot = job.slot;
        if (slot.expired) {
            return;
        }
        ServerHandshakeJob.Result result = job.result();
        if (result == null) {
            drops.count(DropReason.BAD_HELLO);
            forget(slot);
            freeToken(slot.token);
            return;
        }
        var session =
                new MpSession(sessionId, slot.peer, slot.token, result.sessionKey, crypto, context);
        session.recordHandshake(slot.helloPacketNumber, slot.helloSeconds, slot.helloMessageNumber);
        session.clientSpki = slot.clientSpki;
        slot.session = session;
        slot.answer = result.answer;
        queueAnswer(slot);
    }

    /** One answer per poll is enough, and bounds the queue by the number of slots. */
    private void queueAnswer(HandshakeSlot slot) {
        if (!slot.answerQueued) {
            slot.answerQueued = true;
            answers.add(slot);
        }
    }

    /** The next slot whose answer is to be sent, or null. */
    @Nullable HandshakeSlot pollAnswer() {
        HandshakeSlot slot;
        while ((slot = answers.poll()) != null) {
            slot.answerQueued = false;
            if (!slot.expired) {
                return slot;
            }
        }
        return null;
    }

    /** The session that waits for its proof at this address, or null. */
    @Nullable MpSession unproven(PeerAddress peer) {
        HandshakeSlot slot = slots.get(peer);
        return slot == null ? null : slot.session;
    }

    /** The session is proven: its handshake is over, its token stays taken. */
    void onProven(MpSession session) {
        HandshakeSlot slot = slots.get(session.peer());
        if (slot != null && slot.session == session) {
            forget(slot);
        }
    }

    private void forget(HandshakeSlot slot) {
        slot.expired = true;
        slots.remove(slot.peer);
    }

    /** No live session has the token any more. */
    void freeToken(int token) {
        tokens.remove(token);
    }

    /** Forgets strangers that did not go on. */
    void expire(long nowNs) {
        while (nextExpiryNs() <= nowNs) {
            HandshakeSlot oldest = slots.firstEntry().getValue();
            forget(oldest);
            freeToken(oldest.token);
        }
    }

    /** Forgets all strangers: the endpoint closes. */
    void clear() {
        while (!slots.isEmpty()) {
            HandshakeSlot slot = slots.firstEntry().getValue();
            forget(slot);
            freeToken(slot.token);
        }
        jobs.clear();
    }

    /** When {@link #expire} is next worth calling, or {@link Endpoint#NEVER}. */
    long nextExpiryNs() {
        return slots.isEmpty() ? Endpoint.NEVER : slots.firstEntry().getValue().expiresAtNs;
    }

    /** Handshakes in progress. */
    int size() {
        return slots.size();
    }
}

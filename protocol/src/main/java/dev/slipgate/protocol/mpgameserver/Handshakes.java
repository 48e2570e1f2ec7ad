package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.handshake.HandshakeSlots;
import dev.slipgate.protocol.handshake.HostRates;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.util.HashSet;
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

    private final HandshakeSlots<PeerAddress, MpHandshakeSlot> slots;
    private final Set<Integer> tokens = new HashSet<>();

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
        this.slots =
                new HandshakeSlots<>(
                        config.maxHandshakes(),
                        config.maxHandshakeJobs(),
                        slot -> freeToken(slot.token));
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
        MpHandshakeSlot known = slots.find(peer);
        if (known != null) {
            return onHelloAgain(known, hello);
        }
        if (slots.isFull()) {
            return DropReason.HANDSHAKE_CAP;
        }
        if (!rates.tryTake(peer.host(), nowNs)) {
            return DropReason.HANDSHAKE_RATE;
        }
        start(peer, hello, datagram, offset, nowNs);
        return null;
    }

    /** The same hello gets the same bytes; another from the same address waits its turn. */
    private @Nullable DropReason onHelloAgain(MpHandshakeSlot slot, ClientHello hello) {
        if (!hello.sameKeyAs(slot.clientSpki)) {
            return DropReason.HANDSHAKE_RATE;
        }
        if (slot.answer() == null) {
            return DropReason.REPLAYED_PACKET;
        }
        slots.queueAnswer(slot);
        return null;
    }

    private void start(
            PeerAddress peer, ClientHello hello, byte[] datagram, int offset, long nowNs) {
        int token;
        do {
            token = (random.nextInt() & (ServerHello.TOKEN_BIT - 1)) | ServerHello.TOKEN_BIT;
        } while (!tokens.add(token));
        var slot =
                new MpHandshakeSlot(
                        peer,
                        hello.spki(),
                        Wire.packetNumber(datagram, offset),
                        Wire.u16(datagram, offset + Wire.HEADER_BYTES),
                        Wire.seconds(datagram, offset),
                        token,
                        nowNs + config.handshakeTimeoutNs());
        byte[] salt = new byte[ServerHello.SALT_BYTES];
        random.nextBytes(salt);
        long seconds = context.secondsAt(nowNs);
        slots.begin(peer, slot, new ServerHandshakeJob(slot, crypto, root, salt, seconds));
    }

    @Nullable Job pollJob() {
        return slots.pollJob();
    }

    /** Takes a job's result: the slot has its answer and its session now. */
    void onJobDone(ServerHandshakeJob job, long sessionId) {
        slots.onJobDone();
        MpHandshakeSlot slot = job.slot;
        if (slot.forgotten()) {
            return;
        }
        ServerHandshakeJob.Result result = job.result();
        if (result == null) {
            drops.count(DropReason.BAD_HELLO);
            slots.remove(slot.peer());
            freeToken(slot.token);
            return;
        }
        var session =
                new MpSession(
                        sessionId, slot.peer(), slot.token, result.sessionKey, crypto, context);
        session.recordHandshake(slot.helloPacketNumber, slot.helloSeconds, slot.helloMessageNumber);
        session.clientSpki = slot.clientSpki;
        slot.session = session;
        slot.answerWith(result.answer);
        slots.queueAnswer(slot);
    }

    /** Fills the next answer; false when there is none. */
    boolean pollAnswer(Transmit out) {
        return slots.pollAnswer(out);
    }

    /** The session that waits for its proof at this address, or null. */
    @Nullable MpSession unproven(PeerAddress peer) {
        MpHandshakeSlot slot = slots.find(peer);
        return slot == null ? null : slot.session;
    }

    /** The session is proven: its handshake is over, its token stays taken. */
    void onProven(MpSession session) {
        MpHandshakeSlot slot = slots.find(session.peer());
        if (slot != null && slot.session == session) {
            slots.remove(slot.peer());
        }
    }

    /** No live session has the token any more. */
    void freeToken(int token) {
        tokens.remove(token);
    }

    /** Forgets strangers that did not go on. */
    void expire(long nowNs) {
        slots.expire(nowNs);
    }

    /** Forgets all strangers: the endpoint closes. */
    void clear() {
        slots.clear();
    }

    /** When {@link #expire} is next worth calling. */
    long nextExpiryNs() {
        return slots.nextExpiryNs();
    }

    /** Handshakes in progress. */
    int size() {
        return slots.size();
    }
}

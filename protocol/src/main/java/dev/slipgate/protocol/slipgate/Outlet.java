package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import dev.slipgate.protocol.slipgate.recovery.Pacer;
import dev.slipgate.protocol.slipgate.recovery.Recovery;
import dev.slipgate.protocol.slipgate.recovery.SentKind;

/** Makes the packets of a session: decides when one is due, fills it, seals it. */
final class Outlet {
    /** Header and tag of a packet, at most. */
    static final int MAX_OVERHEAD_BYTES = PacketHeader.MAX_BYTES + Aead.TAG_BYTES;

    /** What {@link #nextDueNs} answers when there is no need to wait. */
    static final long NOW = Long.MIN_VALUE;

    private static final int MAX_CHALLENGES = 4;
    private static final long[] NO_CHALLENGES = {};

    /** Packets without an answer after which a PING asks for one, so that ACKs do not grow. */
    private static final int SILENT_PER_PING = 16;

    /** Less than this may not leave to a candidate address: it would be padded beyond. */
    private static final int MIN_ALLOWANCE_BYTES = PacketHeader.MIN_PACKET_BYTES;

    /** What lies above is for CLOSE. */
    private static final long LAST_NUMBER = PacketNumbers.MAX - 16;

    /** A packet with the longest CLOSE. */
    private static final int MAX_CLOSE_BYTES =
            MAX_OVERHEAD_BYTES + 1 + 2 * Integer.BYTES + FrameKind.MAX_REASON_BYTES;

    private final SlipgateSession session;
    private final SlipgateContext context;
    private final Recovery recovery;
    private final Pacer pacer = new Pacer();
    private final boolean stream;
    private long[] challenges = NO_CHALLENGES;
    private int challengeCount;
    private int probes;
    private boolean writable = true;

    /** Nothing that is due fits at present; until something happens. */
    private boolean stuck;

    Outlet(SlipgateSession session) {
        this.session = session;
        this.context = session.context();
        this.recovery = session.recovery;
        this.stream = session.agreed().kind().stream();
    }

    /** Something has happened that may have to be answered. */
    void onInput() {
        stuck = false;
    }

    void onWritable(boolean nowWritable) {
        writable = nowWritable;
    }

    /** The next packet leaves whatever the congestion window says, and elicits an ACK. */
    void onProbeTimeout() {
        probes = 1;
    }

    /** A challenge to be answered; one too many goes unanswered. */
    void onChallenge(long challenge) {
        if (challengeCount == 0) {
            challenges = new long[MAX_CHALLENGES];
        }
        if (challengeCount < MAX_CHALLENGES) {
            challenges[challengeCount++] = challenge;
        }
    }

    /** Whether the packet numbers are used up, but for those that a goodbye takes. */
    boolean isExhausted() {
        return recovery.nextNumber() >= LAST_NUMBER;
    }

    /** Whether a packet may leave now, if there is a reason. */
    private boolean mayLeave() {
        return !stuck && writable && session.paths.allowanceBytes() >= MIN_ALLOWANCE_BYTES;
    }

    private boolean isControlDue(long nowNs) {
        boolean due =
                probes > 0
                        || challengeCount > 0
                        || session.received.ackDue(nowNs)
                        || session.keepAlive.pingDue(nowNs)
                        || session.paths.challengeDue(nowNs);
        return due && recovery.mayTakeControl();
    }

    private boolean isWorkDue(long nowNs) {
        return recovery.mayTakeData() && session.sender.hasWork(nowNs) && readyAtNs(nowNs) <= nowNs;
    }

    private long readyAtNs(long nowNs) {
        return stream
                ? nowNs
                : pacer.readyAtNs(
                        session.agreed().largestPacketOut(),
                        recovery.windowBytes(),
                        recovery.rtt().smoothedNs(),
                        nowNs);
    }

    /**
     * When a packet should leave: {@link #NOW}, or by time alone at this time, or {@link
     * Endpoint#NEVER}.
     */
    long nextDueNs(long nowNs) {
        if (!writable) {
            return Endpoint.NEVER;
        }
        boolean mayLeave = mayLeave();
        if (mayLeave && isControlDue(nowNs)) {
            return NOW;
        }
        long dueNs = Math.min(session.received.ackDeadlineNs(), session.keepAlive.nextPingNs());
        if (stuck || !recovery.mayTakeData()) {
            return dueNs;
        }
        boolean work = session.sender.hasWork(nowNs);
        long workNs = work ? readyAtNs(nowNs) : session.sender.deliveryAckDueNs();
        return mayLeave && work && workNs <= nowNs ? NOW : Math.min(dueNs, workNs);
    }

    /** Fills the next packet; false when none is due. */
    boolean poll(Transmit out, long nowNs) {
        if (!mayLeave()) {
            return false;
        }
        boolean work = isWorkDue(nowNs);
        if (!work && !isControlDue(nowNs)) {
            return false;
        }
        FrameWriter writer = context.writer();
        int header = PacketHeader.length(recovery.nextNumberBytes());
        writer.begin(out.bytes, header, Math.min(out.bytes.length, limitBytes()) - Aead.TAG_BYTES);
        boolean ping = fill(writer, work || probes > 0, nowNs);
        if (writer.isEmpty()) {
            stuck = true;
            return false;
        }
        boolean eliciting = stream ? ping : writer.eliciting();
        if (eliciting) {
            probes = 0;
            session.keepAlive.onElicitingSent(nowNs);
        }
        finish(out, header, eliciting ? SentKind.ELICITING : SentKind.SILENT, nowNs);
        return true;
    }

    private int limitBytes() {
        return Math.min(session.agreed().largestPacketOut(), session.paths.allowanceBytes());
    }

    /** Fills the frames in; whether there is a PING among them. */
    private boolean fill(FrameWriter writer, boolean work, long nowNs) {
        fillPathFrames(writer, nowNs);
        session.sender.fillAck(nowNs);
        if (work) {
            session.sender.fillWork(nowNs);
        }
        return wantsPing(writer, nowNs) && writer.tryPing();
    }

    private void fillPathFrames(FrameWriter writer, long nowNs) {
        if (session.paths.challengeDue(nowNs) && writer.tryChallenge(session.paths.challenge())) {
            session.paths.onChallengeSent(recovery.rtt().probeTimeoutNs(), nowNs);
        }
        int answered = 0;
        while (answered < challengeCount && writer.tryResponse(challenges[answered])) {
            answered++;
        }
        if (answered > 0) {
            challengeCount -= answered;
            System.arraycopy(challenges, answered, challenges, 0, challengeCount);
        }
    }

    private boolean wantsPing(FrameWriter writer, long nowNs) {
        if (stream) {
            boolean rides = !writer.isEmpty() && session.keepAlive.isMeasureTime(nowNs);
            return rides || session.keepAlive.pingDue(nowNs);
        }
        return !writer.eliciting()
                && (probes > 0
                        || session.keepAlive.pingDue(nowNs)
                        || recovery.sentSinceEliciting() >= SILENT_PER_PING);
    }

    /** Whether CLOSE should leave now. */
    boolean mayClose(Closing closing) {
        return writable && closing.due() && session.paths.allowanceBytes() >= MAX_CLOSE_BYTES;
    }

    /** Fills a packet with CLOSE, when it is due. */
    boolean pollClose(Closing closing, Transmit out, long nowNs) {
        if (!mayClose(closing)) {
            return false;
        }
        FrameWriter writer = context.writer();
        int header = PacketHeader.length(recovery.nextNumberBytes());
        writer.begin(out.bytes, header, out.bytes.length - Aead.TAG_BYTES);
        closing.write(writer);
        finish(out, header, SentKind.SILENT, nowNs);
        return true;
    }

    private void finish(Transmit out, int header, SentKind kind, long nowNs) {
        FrameWriter writer = context.writer();
        writer.padTo(PacketHeader.MIN_PACKET_BYTES - Aead.TAG_BYTES);
        long number = recovery.nextNumber();
        PacketHeader.write(out.bytes, 0, session.id(), number, header - PacketHeader.length(0));
        out.length =
                session.ciphers.seal(
                        number, context.nonce(), out.bytes, header, writer.at(), nowNs);
        out.peer = session.peer();
        Sender sender = session.sender;
        recovery.onSent(kind, out.length, sender.takeChain(), sender.takeReported(), nowNs);
        pacer.onSent(out.length);
        session.paths.onSent(out.length);
        SessionStats stats = session.stats();
        stats.packetsSent++;
        stats.bytesSent += out.length;
    }
}

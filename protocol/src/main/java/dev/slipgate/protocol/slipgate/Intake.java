package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameReader;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.slipgate.packet.ReplayWindow;
import dev.slipgate.protocol.slipgate.recovery.AckOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Takes the packets of a session: the steps of {@code docs/wire-protocol.md}, "Steps for reading a
 * sealed packet", from the whole packet number on.
 */
final class Intake {
    private final SlipgateSession session;
    private final SlipgateContext context;
    private final Receiver receiver;
    private final ReplayWindow replay = new ReplayWindow();
    private final boolean gateway;
    private final boolean stream;
    private @Nullable TokenIntake token;
    private @Nullable AttachGathering attach;
    private long provenNs;

    // Of the packet at hand.
    private boolean hasPing;
    private boolean hasWaiting;

    Intake(SlipgateSession session, Receiver receiver) {
        this.session = session;
        this.context = session.context();
        this.receiver = receiver;
        this.gateway = session.side().gateway();
        this.stream = session.agreed().kind().stream();
    }

    /** Takes a sealed packet; null, or why it was dropped. */
    @Nullable DropReason onPacket(
            PeerAddress from, byte[] bytes, int offset, int length, long nowNs) {
        if (session.phase() == SessionPhase.OVER) {
            return DropReason.NO_SESSION;
        }
        DropReason refusal = open(from, bytes, offset, length, nowNs);
        if (refusal != null && stream && session.phase() != SessionPhase.CLOSING) {
            session.end(CloseReason.PROTOCOL_ERROR, nowNs); // whoever made the stream lost its way
        }
        return refusal;
    }

    private @Nullable DropReason open(
            PeerAddress from, byte[] bytes, int offset, int length, long nowNs) {
        if (length > session.agreed().largestPacketIn()) {
            return DropReason.BAD_SIZE;
        }
        PacketHeader header = context.header();
        DropReason refusal = header.parse(bytes, offset, length);
        if (refusal != null) {
            return refusal;
        }
        long number = header.number(replay.highest());
        refusal = replay.check(number);
        if (refusal != null) {
            return refusal;
        }
        byte[] plain = context.plain(length);
        int opened =
                session.ciphers.open(
                        number,
                        context.nonce(),
                        bytes,
                        offset,
                        header.length(),
                        length,
                        plain,
                        nowNs);
        return opened < 0
                ? DropReason.BAD_TAG
                : onOpened(from, number, length, plain, opened, nowNs);
    }

    private @Nullable DropReason onOpened(
            PeerAddress from, long number, int packetBytes, byte[] plain, int length, long nowNs) {
        FrameReader frames = context.reader();
        frames.begin(plain, 0, length);
        String problem = weigh(frames);
        if (session.phase() == SessionPhase.CLOSING) {
            replay.record(number);
            onPacketWhileClosing(frames);
            return null;
        }
        if (session.phase() == SessionPhase.FRESH) {
            if (!gateway) {
                return DropReason.NO_SESSION;
            }
            provenNs = nowNs;
            token = new TokenIntake();
            session.onProven(nowNs);
        }
        if (!session.phase().open()) {
            return DropReason.SESSION_CAP;
        }
        if (!problem.equals(Receiver.FITS)) {
            record(from, number, packetBytes, false, nowNs);
            session.breach(problem, nowNs);
            return DropReason.BAD_FRAMING;
        }
        TokenIntake pending = token;
        if (pending != null) {
            return takePending(pending, from, number, packetBytes, plain, length, nowNs);
        }
        if (!receiver.tryReserve(nowNs)) {
            return onNoRoom(nowNs);
        }
        record(from, number, packetBytes, frames.eliciting(), nowNs);
        takeFrames(frames, from, nowNs);
        return null;
    }

    /** A stream does not bring it again, so that there is nothing else to do. */
    private DropReason onNoRoom(long nowNs) {
        session.keepAlive.onReceived(nowNs);
        if (stream) {
            session.close(CloseReason.OVERLOADED, nowNs);
        }
        return DropReason.HOLD_FULL;
    }

    private void onPacketWhileClosing(FrameReader frames) {
        frames.rewind();
        int kind;
        while ((kind = frames.next()) >= 0) {
            if (kind == FrameKind.CLOSE) {
                session.forget();
                return;
            }
        }
        session.onPacketWhileClosing();
    }

    /** Reads all frames without acting; {@link Receiver#FITS}, or how they break the protocol. */
    private String weigh(FrameReader frames) {
        receiver.beginWeighing();
        hasPing = false;
        hasWaiting = false;
        int kind;
        while ((kind = frames.next()) >= 0) {
            if (!belongsHere(kind)) {
                return "a frame of the other side";
            }
            hasPing |= kind == FrameKind.PING;
            hasWaiting |= waitsForToken(kind);
            if (FrameKind.isData(kind)) {
                String problem = receiver.weigh(frames);
                if (!problem.equals(Receiver.FITS)) {
                    return problem;
                }
            }
        }
        return kind == FrameReader.BROKEN ? frames.problem() : Receiver.FITS;
    }

    private boolean belongsHere(int kind) {
        return switch (kind) {
            case FrameKind.TOKEN, FrameKind.PATH_RESPONSE -> gateway;
            case FrameKind.TICKET, FrameKind.REDIRECT, FrameKind.PATH_CHALLENGE -> !gateway;
            default -> true;
        };
    }

    private static boolean waitsForToken(int kind) {
        return switch (kind) {
            case FrameKind.ATTACH, FrameKind.DELIVERY_ACK -> true;
            default -> FrameKind.isData(kind);
        };
    }

    private void record(
            PeerAddress from, long number, int packetBytes, boolean eliciting, long nowNs) {
        boolean highest = number > replay.highest();
        replay.record(number);
        session.keepAlive.onReceived(nowNs);
        if (!stream) {
            session.received.onReceived(number, eliciting, nowNs);
            if (gateway) {
                long timeoutNs = session.recovery.rtt().probeTimeoutNs();
                session.paths.onPacket(from, highest, packetBytes, timeoutNs, nowNs);
            }
        } else if (hasPing) {
            session.received.onReceived(number, true, nowNs);
        }
        SessionStats stats = session.stats();
        stats.packetsReceived++;
        stats.bytesReceived += packetBytes;
        stats.lossIn = stream ? 0 : session.received.lossRatio();
    }

    /** Takes what may be taken before the token is accepted, and keeps the rest. */
    private @Nullable DropReason takePending(
            TokenIntake pending,
            PeerAddress from,
            long number,
            int packetBytes,
            byte[] plain,
            int length,
            long nowNs) {
        FrameReader frames = context.reader();
        boolean kept = !hasWaiting || pending.tryKeep(plain, length);
        if (kept) {
            record(from, number, packetBytes, frames.eliciting(), nowNs);
        }
        frames.rewind();
        int kind;
        while ((kind = frames.next()) >= 0 && session.phase().open()) {
            if (kind == FrameKind.TOKEN) {
                if (!pending.take(frames)) {
                    session.breach("token parts do not agree", nowNs);
                }
            } else if (kept && !waitsForToken(kind)) {
                takeFrame(kind, frames, from, nowNs);
            }
        }
        byte[] whole = session.phase().open() ? pending.pollWhole() : null;
        if (whole != null) {
            context.host().onToken(session, whole, nowNs);
        }
        return kept ? null : onNoRoom(nowNs);
    }

    /** The token is accepted: takes what has waited for that. */
    void replayWaiting(long nowNs) {
        TokenIntake pending = token;
        token = null;
        FrameReader frames = context.reader();
        byte[] body;
        while (pending != null && (body = pending.pollWaiting()) != null && session.connected()) {
            frames.begin(body, 0, body.length);
            String problem = weigh(frames);
            if (!problem.equals(Receiver.FITS)) {
                session.breach(problem, nowNs);
            } else if (!receiver.tryReserve(nowNs)) {
                session.close(
                        CloseReason.OVERLOADED, nowNs); // acknowledged: it will not come again
            } else {
                takeWaiting(frames, nowNs);
            }
        }
    }

    private void takeWaiting(FrameReader frames, long nowNs) {
        frames.rewind();
        int kind;
        while ((kind = frames.next()) >= 0 && session.connected()) {
            if (waitsForToken(kind)) {
                takeFrame(kind, frames, session.peer(), nowNs);
            }
        }
        if (session.connected()) {
            receiver.endTaking();
        }
    }

    private void takeFrames(FrameReader frames, PeerAddress from, long nowNs) {
        frames.rewind();
        int kind;
        while ((kind = frames.next()) >= 0 && session.phase().open()) {
            takeFrame(kind, frames, from, nowNs);
        }
        if (session.phase().open()) {
            receiver.endTaking();
        }
    }

    private void takeFrame(int kind, FrameReader frame, PeerAddress from, long nowNs) {
        switch (FrameKind.base(kind)) {
            case FrameKind.MESSAGE, FrameKind.FRAGMENT -> receiver.take(frame, nowNs);
            case FrameKind.ACK -> onAck(frame, nowNs);
            case FrameKind.DELIVERY_ACK -> {
                Positions handled = context.positions();
                frame.readPositions(handled);
                context.listener().onDeliveryAck(session, frame.channel(), handled, nowNs);
            }
            case FrameKind.FLOW -> session.creditOut.onLimit(frame.flowLimit());
            case FrameKind.ATTACH -> onAttach(frame, nowNs);
            case FrameKind.PATH_CHALLENGE -> session.outlet().onChallenge(frame.challenge());
            case FrameKind.PATH_RESPONSE -> onPathResponse(frame, from);
            case FrameKind.CLOSE ->
                    session.onClose(reasonOf(frame.closeCode()), frame.closeReason(), nowNs);
            case FrameKind.TICKET ->
                    context.listener().onTicket(session, frame.readTicketFrame(), nowNs);
            case FrameKind.REDIRECT ->
                    context.listener().onRedirect(session, frame.readRedirect(), nowNs);
            default -> {} // PING, and TOKEN that came once more
        }
    }

    /** Two codes are never sent: they say what only who names them can know. */
    private static CloseReason reasonOf(int code) {
        CloseReason reason = CloseReason.ofCode(code);
        boolean local =
                reason == CloseReason.CLIENT_TIMEOUT || reason == CloseReason.SESSION_UNKNOWN;
        return local ? CloseReason.PROTOCOL_ERROR : reason;
    }

    private void onAck(FrameReader frame, long nowNs) {
        long before = session.recovery.spuriousLosses();
        AckOutcome outcome =
                session.recovery.onAck(
                        frame.ackRanges(), frame.ackDelayNs(), nowNs, session.sender);
        if (outcome == AckOutcome.NEVER_SENT) {
            session.breach("acknowledged what was never sent", nowNs);
        } else if (outcome == AckOutcome.PROGRESS || before != session.recovery.spuriousLosses()) {
            session.sender.noteStats();
            session.tellDelivered(nowNs);
        }
    }

    private void onAttach(FrameReader frame, long nowNs) {
        AttachGathering parts = attach == null ? new AttachGathering() : attach;
        Attach whole = parts.take(frame.readAttach());
        attach = whole == null ? parts : null;
        if (whole != null) {
            context.listener().onAttach(session, whole, nowNs);
        }
    }

    private void onPathResponse(FrameReader frame, PeerAddress from) {
        if (session.paths.onResponse(from, frame.challenge())) {
            session.recovery.onNewPath();
        }
        session.stats().pathChanges = session.paths.changes();
    }

    int tokenSort() {
        return token == null ? 0 : token.sort();
    }

    /** Whether the client has let us wait too long for its token. */
    boolean tokenOverdue(long nowNs) {
        return tokenDeadlineNs() <= nowNs;
    }

    long tokenDeadlineNs() {
        return token == null || token.handedOver()
                ? Endpoint.NEVER
                : provenNs + TokenIntake.PATIENCE_NS;
    }

    void release() {
        token = null;
        attach = null;
    }
}

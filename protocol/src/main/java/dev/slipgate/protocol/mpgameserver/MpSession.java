package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.session.timer.TimerNode;
import org.jspecify.annotations.Nullable;

/**
 * A session of either side, from the moment its key is known. Until a packet opens under that key
 * it is unproven: it sends nothing and its owner hears nothing of it.
 */
final class MpSession extends TimerNode implements Session, Sender.Listener {
    /** Handshake packets and messages have number 1. */
    static final int FIRST_NUMBER = 2;

    /** Half of what an acknowledgement reaches back; beyond it, one leaves at once. */
    private static final int ACK_EVERY_PACKETS = SentPackets.SPAN / 2;

    private final long id;
    private final PeerAddress peer;
    private final int token;
    private final SessionContext context;
    private final SessionSettings settings;
    private final Aead sealer;
    private final Aead opener;
    private final Sender sender;
    private final Receiver receiver;
    private final Pacer pacer;
    private final SessionStats stats = new SessionStats();
    private @Nullable Object attachment;
    private boolean connected;
    private boolean ended;
    private long lastReceivedNs;
    private long lastSentNs;
    private long ackDueNs = UNARMED;
    private int unackedPackets;

    /** The fresh key of the client's hello, by which a late copy of it is known; server side. */
    byte @Nullable [] clientSpki;

    /** What was done in each second; null unless it was asked for. */
    @Nullable SecondHistory history;

    /** Whether the endpoint's list of sessions to poll has this one; the endpoint's to set. */
    boolean inReadyList;

    MpSession(
            long id,
            PeerAddress peer,
            int token,
            byte[] key,
            Crypto crypto,
            SessionContext context) {
        this.id = id;
        this.peer = peer;
        this.token = token;
        this.context = context;
        this.settings = context.settings();
        this.sealer = crypto.aesGcm(key);
        this.opener = crypto.aesGcm(key);
        this.sender = new Sender(context, FIRST_NUMBER, this);
        this.receiver = new Receiver(this, context);
        this.pacer = new Pacer(settings.pacingIntervalNs(), context.epochAtZeroNs());
    }

    /** Records the peer's packet of the handshake, so that it is acknowledged. */
    void recordHandshake(int packetNumber, long seconds, int messageNumber) {
        receiver.recordHandshake(packetNumber, seconds, messageNumber);
    }

    /** Whether this hello is a copy of the one that this session began with. */
    boolean began(byte[] hello, int offset, int length) {
        int body = offset + PlainPacket.BODY;
        ClientHello again =
                ClientHello.decode(hello, body, length - PlainPacket.BODY - Wire.CRC_BYTES);
        return again != null && clientSpki != null && again.sameKeyAs(clientSpki);
    }

    /** A client counts itself connected once it has the key; its answer to the challenge leads. */
    void connectAsClient(long nowNs) {
        sender.offerControl(Wire.CHALLENGE_RESP, ChallengeResponse.encode(token));
        connect(nowNs);
        settle(nowNs);
    }

    private void connect(long nowNs) {
        connected = true;
        lastReceivedNs = nowNs;
        lastSentNs = nowNs;
        context.host().onProven(this, nowNs);
        context.listener().onConnected(this, nowNs);
    }

    /** Opens a sealed packet into the shared scratch: bytes, or -1 when it is not of this key. */
    int open(byte[] datagram, int offset, int length) {
        return opener.open(
                datagram,
                offset,
                datagram,
                offset,
                Wire.HEADER_BYTES,
                datagram,
                offset + Wire.HEADER_BYTES,
                length - Wire.HEADER_BYTES,
                context.plain(),
                0);
    }

    /** Takes a packet that opened; null, or why it was dropped. */
    @Nullable DropReason onOpened(
            byte[] datagram, int offset, int length, int plainLength, long nowNs) {
        DropReason refusal = take(datagram, offset, length, plainLength, nowNs);
        if (refusal != null) {
            stats.packetsDropped++;
        }
        if (connected) {
            settle(nowNs);
        }
        return refusal;
    }

    private @Nullable DropReason take(
            byte[] datagram, int offset, int length, int plainLength, long nowNs) {
        int number = Wire.packetNumber(datagram, offset);
        long seconds = Wire.seconds(datagram, offset);
        PacketCursor packet = cursorOver(datagram, offset, plainLength);
        DropReason refusal = refusal(number, seconds, packet);
        if (refusal != null) {
            return refusal;
        }
        if (!connected) {
            connect(nowNs);
        }
        lastReceivedNs = nowNs;
        onAck(Wire.ack(datagram, offset), Wire.ackBits(datagram, offset), nowNs);
        if (!connected) {
            return null;
        }
        if (!receiver.reserve(packet, nowNs)) {
            return DropReason.HOLD_FULL;
        }
        receiver.replay().record(number, seconds);
        countReceived(length, nowNs);
        if (packet.count() > 0) {
            oweAck(nowNs);
        }
        if (receiver.deliver(packet, nowNs)) {
            end(context.server() ? CloseReason.CLIENT_CLOSED : CloseReason.APP_CLOSED, nowNs, true);
        }
        return null;
    }

    private PacketCursor cursorOver(byte[] datagram, int offset, int plainLength) {
        PacketCursor packet = context.cursor();
        int type = Wire.type(datagram, offset);
        packet.start(context.plain(), plainLength, type, Wire.count(datagram, offset));
        return packet;
    }

    private void countReceived(int length, long nowNs) {
        stats.packetsReceived++;
        stats.bytesReceived += length;
        if (history != null) {
            history.onReceived(length, stats.latencyNs, nowNs);
        }
    }

    private @Nullable DropReason refusal(int number, long seconds, PacketCursor packet) {
        DropReason stale = receiver.replay().check(number, seconds);
        if (stale != null) {
            return stale;
        }
        DropReason framing = packet.check(context.takenTypes());
        if (framing != null) {
            return framing;
        }
        return connected || answersChallenge(packet) ? null : DropReason.BAD_HELLO;
    }

    /** A first packet that says a token must say the right one; the key itself proves the rest. */
    private boolean answersChallenge(PacketCursor packet) {
        boolean right = true;
        while (packet.next()) {
            if (packet.type() == Wire.CHALLENGE_RESP) {
                right &=
                        ChallengeResponse.says(
                                token, packet.bytes(), packet.offset(), packet.length());
            }
        }
        return right;
    }

    private void onAck(int ack, int ackBits, long nowNs) {
        sender.onAck(ack, ackBits, nowNs);
        stats.packetsAcked = sender.packets().acked;
        stats.packetsTimedOut = sender.packets().timedOut;
        stats.rttNs = sender.rtt().smoothedNs();
        stats.latencyNs = sender.rtt().latencyNs();
    }

    private void oweAck(long nowNs) {
        if (ackDueNs == UNARMED) {
            ackDueNs = nowNs + settings.ackDelayNs();
        }
        if (++unackedPackets >= ACK_EVERY_PACKETS) {
            ackDueNs = nowNs;
        }
    }

    @Override
    public void onDelivered(int channel, long number, long nowNs) {
        if (connected) {
            context.listener().onDelivered(this, channel, number, nowNs);
        }
    }

    @Override
    public SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        return send(channel, delivery, false, number, bytes, offset, length, nowNs);
    }

    /** As the public one; a best-effort message is sent again and again for a while. */
    SendResult send(
            int channel,
            Delivery delivery,
            boolean bestEffort,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        if (!connected) {
            return SendResult.CLOSED;
        }
        SendResult result =
                sender.offer(channel, delivery, bestEffort, number, bytes, offset, length);
        if (result == SendResult.QUEUED) {
            stats.messagesSent++;
            if (!inReadyList) {
                settle(nowNs);
            }
        }
        return result;
    }

    /** Fills the next packet, if one is due now. */
    boolean poll(Transmit out, long nowNs) {
        if (!dueNow(nowNs)) {
            return false;
        }
        byte[] datagram = out.bytes;
        int packet = sender.fill(datagram, nowNs);
        PayloadWriter writer = context.writer();
        out.length =
                seal(datagram, packet, writer.firstType(), writer.length(), writer.count(), nowNs);
        out.peer = peer;
        return true;
    }

    private int seal(byte[] out, int packet, int type, int payload, int count, long nowNs) {
        long seconds = pacer.onSent(nowNs);
        ReplayWindow seen = receiver.replay();
        Wire.putNonce(out, context.outgoingMagic(), seconds, packet, seen.ack());
        Wire.putContent(out, type, payload, count, seen.ackBits());
        int header = Wire.HEADER_BYTES;
        int length =
                header + sealer.seal(out, 0, out, 0, header, out, header, payload, out, header);
        lastSentNs = nowNs;
        ackDueNs = UNARMED;
        unackedPackets = 0;
        stats.packetsSent++;
        stats.bytesSent += length;
        if (history != null) {
            history.onSent(length, nowNs);
        }
        return length;
    }

    private boolean dueNow(long nowNs) {
        return connected && (sender.hasWork() || emptyDueNs() <= nowNs) && pacer.maySend(nowNs);
    }

    /** When a packet is due though it carries no message: for its acknowledgement, or for life. */
    private long emptyDueNs() {
        long keepAliveNs = lastSentNs + settings.keepAliveNs();
        return sender.open() ? Math.min(ackDueNs, keepAliveNs) : keepAliveNs;
    }

    /** Tells the endpoint what this session needs next: a poll, or a timer. */
    void settle(long nowNs) {
        if (dueNow(nowNs)) {
            context.host().onReady(this);
        } else if (connected) {
            context.host().onDeadline(this, nextDeadlineNs(), nowNs);
        }
    }

    /** When {@link #onTimer} is next worth calling. */
    long nextDeadlineNs() {
        long sendNs = sender.hasWork() ? Long.MIN_VALUE : emptyDueNs();
        long deadlineNs = Math.max(sendNs, pacer.readyAtNs());
        deadlineNs = Math.min(deadlineNs, sender.nextTimeoutNs());
        deadlineNs = Math.min(deadlineNs, receiver.nextExpiryNs());
        return Math.min(deadlineNs, lastReceivedNs + settings.connectionTimeoutNs());
    }

    @Override
    protected void onTimer(long nowNs) {
        if (!connected) {
            return;
        }
        if (lastReceivedNs + settings.connectionTimeoutNs() <= nowNs) {
            end(
                    context.server() ? CloseReason.CLIENT_TIMEOUT : CloseReason.GATEWAY_LOST,
                    nowNs,
                    false);
            return;
        }
        receiver.expire(nowNs);
        sender.onTimeout(nowNs);
        stats.packetsTimedOut = sender.packets().timedOut;
        settle(nowNs);
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        end(reason, nowNs, true);
    }

    /** Ends the session, with a goodbye to the peer or without; harmless when it is over. */
    void end(CloseReason reason, long nowNs, boolean goodbye) {
        if (ended) {
            return;
        }
        ended = true;
        boolean told = connected;
        connected = false;
        if (goodbye && told) {
            sayGoodbye(nowNs);
        }
        receiver.release();
        context.host().onEnded(this);
        if (told) {
            context.listener().onClosed(this, reason, nowNs);
        }
    }

    private void sayGoodbye(long nowNs) {
        int body = Wire.ONLY_MESSAGE_BYTES;
        byte[] datagram = new byte[Wire.HEADER_BYTES + body + Wire.TAG_BYTES];
        int packet = sender.packets().begin(nowNs, sender);
        Wire.putU16(datagram, Wire.HEADER_BYTES, sender.assignNumber());
        seal(datagram, packet, Wire.DISCONNECT, body, 1, nowNs);
        context.host().onFarewell(peer, datagram);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public SessionStats stats() {
        return stats;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object value) {
        this.attachment = value;
    }

    /** The number that names this session in its handshake. */
    int token() {
        return token;
    }

    /** The sending half, for tests of its bounds. */
    Sender sender() {
        return sender;
    }
}

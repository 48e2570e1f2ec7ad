package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.session.timer.TimerNode;
import dev.slipgate.protocol.slipgate.frame.AttachWire;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.recovery.LossDetection;
import dev.slipgate.protocol.slipgate.recovery.NewReno;
import dev.slipgate.protocol.slipgate.recovery.ReceivedPackets;
import dev.slipgate.protocol.slipgate.recovery.Recovery;
import dev.slipgate.protocol.slipgate.recovery.StreamRecovery;
import org.jspecify.annotations.Nullable;

/**
 * One native session, either side, from the moment its keys are known. The endpoint feeds it sealed
 * packets with its id, polls it when {@link SessionHost#onReady} says so, and keeps its timer. A
 * packet enters at {@link #onPacket}, is opened and checked by {@link Intake}, and its messages are
 * handed on by {@link Receiver}; {@link Outlet} makes packets of what {@link Sender} has; {@link
 * Schedule} knows what is due when.
 */
final class SlipgateSession extends TimerNode implements Session {
    private static final int CLOSING_TIMEOUTS = 3;

    private final long id;
    private final Side side;
    private final Agreed agreed;
    private final SlipgateContext context;
    private final SessionStats stats = new SessionStats();
    private final Receiver receiver;
    private final Intake intake;
    private final Outlet outlet;
    private final Schedule schedule;
    private final CreditIn creditIn;

    // What Intake and Outlet share with this class.
    final PacketCiphers ciphers;
    final Recovery recovery;
    final ReceivedPackets received;
    final Outbox outbox;
    final Sender sender;
    final CreditOut creditOut;
    final Paths paths;
    final KeepAlive keepAlive;

    private SessionPhase phase = SessionPhase.FRESH;
    private @Nullable Closing closing;
    private @Nullable Object attachment;
    private String identity = "";
    private String closeText = "";

    /** Whether the endpoint's list of sessions to poll has this one; the endpoint's to set. */
    boolean inReadyList;

    SlipgateSession(
            long id,
            Side side,
            PeerAddress peer,
            TransportKeys keys,
            Agreed agreed,
            SlipgateContext context) {
        this.id = id;
        this.side = side;
        this.agreed = agreed;
        this.context = context;
        boolean stream = agreed.kind().stream();
        ciphers = new PacketCiphers(context.crypto(), keys, side);
        recovery = stream ? new StreamRecovery() : new LossDetection(new NewReno());
        received = new ReceivedPackets(context.settings().ackDelayNs());
        creditOut = new CreditOut(agreed.creditOutBytes());
        creditIn = new CreditIn(agreed.creditInBytes(), agreed.largestMessageIn());
        outbox = new Outbox(context, creditOut, agreed.largestMessageOut());
        sender = new Sender(this, context, !stream, recovery, received, outbox, creditIn);
        receiver = new Receiver(this, context, creditIn, agreed.largestMessageIn());
        paths = new Paths(peer, context.random());
        keepAlive = new KeepAlive(agreed.idleTimeoutNs(), !side.gateway());
        intake = new Intake(this, receiver);
        outlet = new Outlet(this);
        schedule = new Schedule(this, intake, receiver, outlet);
    }

    /**
     * Client side, once: messages may flow, TOKEN goes first. Calls onConnected of the listener.
     *
     * @param tokenSort 0 a connect token, 1 a resume ticket
     * @param token at most 4096 bytes, empty for none
     */
    void startAsClient(int tokenSort, byte[] token, long nowNs) {
        int part = Sender.maxFrameBytes(packetRoomBytes()) - FrameWriter.TOKEN_HEAD_BYTES;
        int offset = 0;
        do {
            int length = Math.min(token.length - offset, part);
            sender.offerFrame(FrameWriter.token(tokenSort, token, offset, length));
            offset += length;
        } while (offset < token.length);
        phase = SessionPhase.LIVE;
        keepAlive.begin(nowNs);
        context.listener().onConnected(this, nowNs);
        settle(nowNs);
    }

    /** The first packet of the client opened, at the gateway. */
    void onProven(long nowNs) {
        phase = SessionPhase.PENDING;
        keepAlive.begin(nowNs);
        context.host().onProven(this, nowNs);
    }

    /**
     * Gateway side: the client may connect. Calls onConnected of the listener, then hands on what
     * has waited. Harmless when the session is over.
     */
    void accepted(String acceptedIdentity, long nowNs) {
        if (phase != SessionPhase.PENDING) {
            return;
        }
        phase = SessionPhase.LIVE;
        identity = acceptedIdentity;
        context.listener().onConnected(this, nowNs);
        intake.replayWaiting(nowNs);
        settle(nowNs);
    }

    /** Gateway side: the client is turned away, by CLOSE 14 with this text. */
    void refused(String reason, long nowNs) {
        if (phase == SessionPhase.PENDING) {
            close(CloseReason.TOKEN_REFUSED, reason, nowNs);
        }
    }

    /** Takes a sealed packet with this session's id; null, or why it was dropped. */
    @Nullable DropReason onPacket(
            PeerAddress from, byte[] bytes, int offset, int length, long nowNs) {
        DropReason refusal = intake.onPacket(from, bytes, offset, length, nowNs);
        if (refusal != null) {
            stats.packetsDropped++;
        }
        outlet.onInput();
        settle(nowNs);
        return refusal;
    }

    /** A packet of the peer came although this side has closed the session. */
    void onPacketWhileClosing() {
        if (closing != null) {
            closing.onPacket();
        }
    }

    /** Fills the next packet, if one is due now. */
    boolean poll(Transmit out, long nowNs) {
        if (outlet.isExhausted()) {
            close(CloseReason.OVERLOADED, "packet numbers are used up", nowNs);
        }
        Closing last = closing;
        if (last != null) {
            return phase == SessionPhase.CLOSING && outlet.pollClose(last, out, nowNs);
        }
        if (!phase.open() || !outlet.poll(out, nowNs)) {
            return false;
        }
        tellDelivered(nowNs);
        return true;
    }

    /** The timer of {@link SessionHost#onDeadline} fired; harmless when early. */
    void onDeadline(long nowNs) {
        Closing last = closing;
        if (last != null) {
            if (last.endNs() <= nowNs) {
                forget();
            }
        } else if (phase.open()) {
            schedule.onDeadline(nowNs);
        }
        settle(nowNs);
    }

    @Override
    protected void onTimer(long nowNs) {
        onDeadline(nowNs);
    }

    /** Tells the host what this session needs next: a poll, or a timer. Call it when polled dry. */
    void settle(long nowNs) {
        if (!inReadyList) {
            schedule.settle(closing, nowNs);
        }
    }

    /** Stream carriers: whether the stream takes more; then nothing is polled for now. */
    void onPeerWritable(boolean writable, long nowNs) {
        outlet.onWritable(writable);
        settle(nowNs);
    }

    /** Tells the listener what arrived, and that there is room again. */
    void tellDelivered(long nowNs) {
        DeliveredList delivered = context.delivered();
        for (int i = 0; i < delivered.count() && connected(); i++) {
            context.listener().onDelivered(this, delivered.channel(i), delivered.number(i), nowNs);
        }
        delivered.clear();
        if (connected() && outbox.takeWritable()) {
            context.listener().onWritable(this, nowNs);
        }
    }

    /**
     * A message on a channel that has another delivery mode closes the session: behind a gateway it
     * comes from an app, which must not harm the gateway.
     */
    @Override
    public SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        if (!connected()) {
            return SendResult.CLOSED;
        }
        if (!outbox.agrees(channel, delivery)) {
            close(CloseReason.HANDLER_FAILED, "channel " + channel + " has another mode", nowNs);
            return SendResult.CLOSED;
        }
        SendResult result = outbox.offer(channel, delivery, number, bytes, offset, length, nowNs);
        if (result == SendResult.QUEUED) {
            stats.messagesSent++;
            onOffered(nowNs);
        }
        return result;
    }

    @Override
    public void deliveryAck(int channel, Positions handled, long nowNs) {
        if (connected()) {
            sender.deliveryAcks().offer(channel, handled, nowNs);
            onOffered(nowNs);
        }
    }

    @Override
    public void sendAttach(Attach attach, long nowNs) {
        if (connected()) {
            int maxBytes = Sender.maxFrameBytes(packetRoomBytes());
            AttachWire.encode(attach, maxBytes).forEach(sender::offerFrame);
            onOffered(nowNs);
        }
    }

    @Override
    public void consumed(long costBytes, long nowNs) {
        creditIn.onConsumed(costBytes);
        if (connected() && creditIn.due()) {
            onOffered(nowNs);
        }
    }

    /** Gateway side: gives the client a ticket to resume with. */
    void sendTicket(Ticket ticket, long nowNs) {
        if (connected()) {
            sender.offerFrame(FrameWriter.ticket(ticket));
            onOffered(nowNs);
        }
    }

    /** Gateway side: wishes the client to resume elsewhere. */
    void sendRedirect(Redirect redirect, long nowNs) {
        if (connected()) {
            sender.offerFrame(FrameWriter.redirect(redirect));
            onOffered(nowNs);
        }
    }

    private void onOffered(long nowNs) {
        outlet.onInput();
        settle(nowNs);
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        close(reason, reason.text(), nowNs);
    }

    /** The peer has broken the protocol, in this way. */
    void breach(String how, long nowNs) {
        close(CloseReason.PROTOCOL_ERROR, how, nowNs);
    }

    /** Closes with words of one's own, at most 256 bytes of them; harmless when it is over. */
    void close(CloseReason reason, String text, long nowNs) {
        if (phase == SessionPhase.FRESH) {
            end(reason, nowNs);
        }
        if (!phase.open()) {
            return;
        }
        boolean told = connected();
        phase = SessionPhase.CLOSING;
        closeText = text;
        closing =
                new Closing(
                        reason, text, nowNs + CLOSING_TIMEOUTS * recovery.rtt().probeTimeoutNs());
        release();
        settle(nowNs);
        if (told) {
            context.listener().onClosed(this, reason, nowNs);
        }
    }

    /** The peer has closed the session. */
    void onClose(CloseReason reason, String text, long nowNs) {
        closeText = text;
        end(reason, nowNs);
    }

    /** Ends the session without a goodbye; harmless when it is over. */
    void end(CloseReason reason, long nowNs) {
        boolean told = connected();
        boolean releases = phase.open();
        if (phase == SessionPhase.OVER) {
            return;
        }
        phase = SessionPhase.OVER;
        if (releases) {
            release();
        }
        context.host().onEnded(this);
        if (told) {
            context.listener().onClosed(this, reason, nowNs);
        }
    }

    /** The closing period is over, or the peer has closed too. */
    void forget() {
        if (phase != SessionPhase.OVER) {
            phase = SessionPhase.OVER;
            context.host().onEnded(this);
        }
    }

    private void release() {
        receiver.release();
        sender.release();
        intake.release();
    }

    Outlet outlet() {
        return outlet;
    }

    SessionPhase phase() {
        return phase;
    }

    Agreed agreed() {
        return agreed;
    }

    Side side() {
        return side;
    }

    SlipgateContext context() {
        return context;
    }

    /** Bytes of frames that a packet has room for, whatever its number. */
    int packetRoomBytes() {
        return agreed.largestPacketOut() - Outlet.MAX_OVERHEAD_BYTES;
    }

    /** 0 a connect token, 1 a resume ticket; once {@link SessionHost#onToken} was called. */
    int tokenSort() {
        return intake.tokenSort();
    }

    /** What CLOSE said, of either side, beside its reason; empty when there was none. */
    String closeText() {
        return closeText;
    }

    @Override
    public boolean connected() {
        return phase == SessionPhase.LIVE;
    }

    @Override
    public boolean betweenEnds() {
        return true;
    }

    @Override
    public int maxMessageBytes() {
        return agreed.largestMessageOut();
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public PeerAddress peer() {
        return paths.current();
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
}

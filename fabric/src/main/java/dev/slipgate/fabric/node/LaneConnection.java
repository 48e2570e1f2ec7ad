package dev.slipgate.fabric.node;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.link.LinkWire;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection at its node, the face towards the app: takes what any thread sends, into the unit of
 * the run if it is the connection's own handler, else into a unit of its own.
 */
final class LaneConnection implements NodeConnection {
    private final ConnectionId id;
    private final String dialect;
    private final String remoteAddress;
    private final String identity;
    private final ChannelModes modes = new ChannelModes();
    private final NodeLaneConfig config;
    private final int unitLimitBytes;
    private final UnitQueue units;
    private final Mailbox mailbox;
    private final AtomicLong outboxBytes = new AtomicLong();

    private volatile boolean open = true;
    private volatile boolean closing;
    private boolean endTold; // the lane's thread
    private volatile Quality quality = Quality.UNKNOWN;
    private volatile @Nullable Object attachment;
    private volatile @Nullable Unit running;

    /**
     * @param unitLimitBytes the smaller of our bound and the gateway's credit
     * @param units where units go
     */
    LaneConnection(
            ConnectionId id,
            String dialect,
            String remoteAddress,
            String identity,
            NodeLaneConfig config,
            int unitLimitBytes,
            UnitQueue units,
            ConnectionHandler handler,
            Executor handlers) {
        this.id = id;
        this.dialect = dialect;
        this.remoteAddress = remoteAddress;
        this.identity = identity;
        this.config = config;
        this.unitLimitBytes = unitLimitBytes;
        this.units = units;
        this.mailbox = new Mailbox(this, handler, handlers);
    }

    @Override
    public ConnectionId id() {
        return id;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public String dialect() {
        return dialect;
    }

    @Override
    public boolean declare(int channel, Delivery delivery) {
        return modes.declare(checked(channel), delivery);
    }

    /** On the lane's thread: the client has sent in this mode, and is answered in it. */
    void clientSends(int channel, Delivery delivery) {
        modes.declare(channel, delivery);
    }

    private static int checked(int channel) {
        if (channel < 0 || channel >= ConnectionStreams.MAX_CHANNELS) {
            throw new IllegalArgumentException("channel " + channel + " is not in 0 to 255");
        }
        return channel;
    }

    @Override
    public SendOutcome send(int channel, byte[] bytes) {
        checked(channel);
        if (bytes.length > config.maxMessageBytes()) {
            return new SendOutcome.Refused(SendOutcome.Reason.TOO_LARGE);
        }
        if (!open) {
            return new SendOutcome.Refused(SendOutcome.Reason.CLOSED);
        }
        Unit run = ownRun();
        int cost = LinkWire.costOf(bytes.length);
        if (run != null && !run.fits(cost, unitLimitBytes)) {
            return new SendOutcome.Refused(SendOutcome.Reason.UNIT_FULL);
        }
        if (outboxBytes.addAndGet(cost) > config.outboxBytes()) {
            outboxBytes.addAndGet(-cost);
            return new SendOutcome.Refused(SendOutcome.Reason.OUTBOX_FULL);
        }
        Unit unit = run != null ? run : Unit.outside(this);
        Delivery delivery = modes.ofSending(channel);
        var receipt = new MessageReceipt(unit, delivery.reliable());
        unit.add(new Outgoing(channel, delivery, bytes.clone(), receipt), cost);
        if (run == null) {
            units.post(unit);
        }
        return new SendOutcome.Queued(receipt);
    }

    @Override
    public void close(CloseReason reason, String detail) {
        Unit run = ownRun();
        Unit unit = run != null ? run : Unit.outside(this);
        unit.close(reason, detail);
        open = false;
        closing = true;
        if (run == null) {
            units.post(unit);
        }
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Quality quality() {
        return quality;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    private @Nullable Unit ownRun() {
        Unit run = running;
        return run != null && run.runsOnThisThread() ? run : null;
    }

    /** A run of the handler begins on this thread. */
    Unit runBegins(Mailbox.Event event) {
        Unit unit =
                event instanceof Mailbox.Event.Message(int channel, long number, byte[] bytes)
                        ? new Unit(this, channel, number, LinkWire.costOf(bytes.length))
                        : Unit.outside(this);
        unit.runBegins();
        running = unit;
        return unit;
    }

    void runEnds(Unit unit) {
        running = null;
        unit.runEnds();
    }

    /**
     * The run is over; what it left goes to the lane, unless it failed: then the connection ends,
     * and nothing of it goes.
     */
    void leave(Unit unit, boolean failed) {
        if (failed) {
            unit.messages().forEach(this::forget);
            close(CloseReason.HANDLER_FAILED, CloseReason.HANDLER_FAILED.text());
        } else if (!unit.isEmpty()) {
            units.post(unit);
        }
    }

    /** The message will not be sent any more. */
    void forget(Outgoing message) {
        leftOutbox(message.bytes.length);
        message.receipt.settle(Receipt.State.UNKNOWN);
    }

    /** A message has left the outbox: it is delivered, or nobody waits for its delivery. */
    void leftOutbox(int lengthBytes) {
        outboxBytes.addAndGet(-LinkWire.costOf(lengthBytes));
    }

    long outboxBytes() {
        return outboxBytes.get();
    }

    void quality(Quality told) {
        quality = told;
    }

    /** Whether the app, or the node, has closed it: nothing more is handled. */
    boolean closing() {
        return closing;
    }

    /**
     * On the lane's thread: nothing more is taken, and the handler hears of the end in its turn.
     * The first reason counts.
     *
     * @param byUs whether what waits in the mailbox is not to be handled any more
     */
    void ended(CloseReason reason, boolean byUs) {
        if (endTold) {
            return;
        }
        endTold = true;
        open = false;
        closing = closing || byUs;
        mailbox.post(new Mailbox.Event.Disconnect(reason));
    }

    void post(Mailbox.Event event) {
        mailbox.post(event);
    }
}

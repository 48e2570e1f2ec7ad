package dev.slipgate.fabric.link;

import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.protocol.link.BatchHeader;
import dev.slipgate.protocol.link.FrameWriter;
import dev.slipgate.protocol.link.HelloBody;
import dev.slipgate.protocol.link.LinkWire;
import org.jspecify.annotations.Nullable;

/**
 * One lane of a link, at either of its ends: opens an epoch with HELLO and WELCOME, numbers what it
 * sends, notices what is missing, acknowledges, gives credit and says that it lives. It knows
 * nothing of what its frames mean. A missing batch ends the epoch; the gateway's end then says
 * HELLO again. Sans-IO, confined to one thread.
 */
public final class Lane {
    /** What an input came to, for the lane's owner to act on. */
    public enum Event {
        /** Nothing to do. */
        NONE,
        /** Frames lie behind the header. */
        FRAMES,
        /** A new epoch holds; what belonged to the former is gone. */
        UP,
        /** The epoch is over. */
        LOST,
        /** The batch belongs to another epoch and is dropped. */
        STALE,
        /** The batch is not one, or speaks no version of ours. */
        BROKEN
    }

    /**
     * A lane that fires its own timer this late may have missed what the other side sent, and
     * accuses nobody.
     */
    private static final long OWN_STALL_NS = 500_000_000L;

    private final LaneIdentity identity;
    private final LinkConfig config;
    private final int connectionWindowBytes;
    private final SendWindow send;
    private final ReceiveWindow receive;
    private final BatchHeader header = new BatchHeader();
    private final FrameWriter writer = new FrameWriter();

    private boolean up;
    private long attachCount;
    private int peerConnectionWindowBytes;
    private boolean welcomeDue;
    private boolean resetDue;
    private long helloDueNs = Long.MAX_VALUE;
    private long lastReceivedNs;
    private long heartbeatDueNs;
    private long lastTickNs;

    /**
     * @param connectionWindowBytes the first credit that the other side has for each connection
     */
    public Lane(LaneIdentity identity, LinkConfig config, int connectionWindowBytes) {
        this.identity = identity;
        this.config = config;
        this.connectionWindowBytes = connectionWindowBytes;
        this.send = new SendWindow(config.windowBytes());
        this.receive = new ReceiveWindow(config.windowBytes());
    }

    /** Whether an epoch holds and frames flow. */
    public boolean up() {
        return up;
    }

    public LaneIdentity identity() {
        return identity;
    }

    /** The first credit for each connection that the other side told. */
    public int peerConnectionWindowBytes() {
        return peerConnectionWindowBytes;
    }

    /** Bytes handed to the bus and not acknowledged. */
    public long unackedBytes() {
        return send.unackedBytes();
    }

    /**
     * Gateway's end: begins a new epoch; HELLO goes out until it is answered.
     *
     * @param count greater than any before it towards this peer, also by lanes that are forgotten
     */
    public void hello(long count, long nowNs) {
        up = false;
        attachCount = count;
        helloDueNs = nowNs;
        lastTickNs = nowNs;
    }

    /** Credit from the other side for the link itself. */
    public void onLinkCredit(long limitBytes) {
        send.credit(limitBytes);
    }

    /** Input: a batch for this lane; frames, if any, lie behind its header. */
    public Event onBatch(BatchHeader in, byte[] bytes, int offset, int length, long nowNs) {
        return switch (in.kind) {
            case LinkWire.BATCH_HELLO -> onHello(in, bytes, offset, length, nowNs);
            case LinkWire.BATCH_WELCOME -> onWelcome(in, bytes, offset, length, nowNs);
            case LinkWire.BATCH_FRAMES -> onFrames(in, length, nowNs);
            case LinkWire.BATCH_RESET -> in.attachCount == attachCount && up ? lose() : Event.STALE;
            default -> Event.BROKEN;
        };
    }

    private Event onHello(BatchHeader in, byte[] bytes, int offset, int length, long nowNs) {
        HelloBody body = body(bytes, offset, length);
        if (identity.initiator() || body == null || !body.speaks(LinkWire.VERSION)) {
            return Event.BROKEN;
        }
        if (in.attachCount < attachCount) {
            return Event.STALE;
        }
        welcomeDue = true;
        if (in.attachCount == attachCount && up) {
            return Event.NONE; // our WELCOME was lost
        }
        attachCount = in.attachCount;
        begin(body, nowNs);
        return Event.UP;
    }

    private Event onWelcome(BatchHeader in, byte[] bytes, int offset, int length, long nowNs) {
        HelloBody body = body(bytes, offset, length);
        if (!identity.initiator() || body == null || !body.speaks(LinkWire.VERSION)) {
            return Event.BROKEN;
        }
        if (in.attachCount != attachCount || up) {
            return Event.STALE;
        }
        begin(body, nowNs);
        return Event.UP;
    }

    private void begin(HelloBody body, long nowNs) {
        up = true;
        resetDue = false;
        helloDueNs = Long.MAX_VALUE;
        peerConnectionWindowBytes = body.connectionWindowBytes();
        send.reset(body.linkWindowBytes());
        receive.reset();
        lastReceivedNs = nowNs;
        heartbeatDueNs = nowNs; // the first tells the load at once
        lastTickNs = nowNs;
    }

    private Event onFrames(BatchHeader in, int length, long nowNs) {
        if (in.attachCount != attachCount || !up) {
            resetDue |= !identity.initiator() && in.attachCount > attachCount;
            return Event.STALE;
        }
        if (!send.acknowledged(in.ack)) {
            return lose();
        }
        lastReceivedNs = nowNs;
        if (in.number == 0 || receive.take(in.number, length, nowNs)) {
            return Event.FRAMES;
        }
        return in.number <= receive.received() ? Event.NONE : lose();
    }

    /**
     * Ends the epoch because its frames made no sense; the answer is what {@link #onBatch} would
     * have given.
     */
    public Event lose() {
        up = false;
        resetDue = !identity.initiator();
        return Event.LOST;
    }

    /** Input: time has passed. */
    public Event onTimeout(long nowNs) {
        boolean stalled = nowNs - lastTickNs > config.heartbeatNs() + OWN_STALL_NS;
        lastTickNs = nowNs;
        if (stalled) {
            lastReceivedNs = Math.max(lastReceivedNs, nowNs - config.silenceNs() + OWN_STALL_NS);
        }
        return up && nowNs - lastReceivedNs >= config.silenceNs() ? lose() : Event.NONE;
    }

    /** Output: when {@link #onTimeout} or a poll is next due. */
    public long nextTimeoutNs() {
        if (!up) {
            return helloDueNs;
        }
        long due = Math.min(heartbeatDueNs, receive.ackDueNs());
        return Math.min(due, lastReceivedNs + config.silenceNs());
    }

    /** Output: the next batch, false when there is none now. */
    public boolean poll(OutgoingBatch out, FrameSource source, LoadReport load, long nowNs) {
        if (!up) {
            return pollBeforeUp(out, nowNs);
        }
        if (welcomeDue) {
            welcomeDue = false;
            return control(out, LinkWire.BATCH_WELCOME, true);
        }
        if (heartbeatDueNs <= nowNs) {
            return unnumbered(out, load, nowNs); // ahead of data, which may be endless
        }
        if (source.pending() && send.open() && frames(out, source)) {
            return true;
        }
        return receive.ackDueNs() <= nowNs && unnumbered(out, load, nowNs);
    }

    private boolean pollBeforeUp(OutgoingBatch out, long nowNs) {
        if (resetDue) {
            resetDue = false;
            return control(out, LinkWire.BATCH_RESET, false);
        }
        if (helloDueNs > nowNs) {
            return false;
        }
        helloDueNs = nowNs + config.helloRetryNs();
        return control(out, LinkWire.BATCH_HELLO, true);
    }

    private boolean control(OutgoingBatch out, int kind, boolean withBody) {
        int end = LinkWire.HEADER_BYTES;
        if (withBody) {
            new HelloBody(
                            LinkWire.VERSION,
                            LinkWire.VERSION,
                            0,
                            receive.windowBytes(),
                            connectionWindowBytes)
                    .write(out.bytes, end);
            end += HelloBody.BYTES;
        }
        finish(out, kind, 0, end);
        return true;
    }

    private boolean frames(OutgoingBatch out, FrameSource source) {
        writer.begin(out.bytes, LinkWire.HEADER_BYTES, OutgoingBatch.CAPACITY_BYTES);
        if (receive.creditDue()) {
            writer.credit(0, receive.grant());
        }
        source.writeFrames(writer);
        if (writer.position() == LinkWire.HEADER_BYTES) {
            return false;
        }
        int length = writer.position();
        finish(out, LinkWire.BATCH_FRAMES, send.sent(length), length);
        return true;
    }

    /** Ack, credit and heartbeat: may be lost, since the next says the same and more. */
    private boolean unnumbered(OutgoingBatch out, LoadReport load, long nowNs) {
        heartbeatDueNs = nowNs + config.heartbeatNs();
        writer.begin(out.bytes, LinkWire.HEADER_BYTES, OutgoingBatch.CAPACITY_BYTES);
        writer.credit(0, receive.grant());
        writer.heartbeat(load.connections(), load.accepting());
        finish(out, LinkWire.BATCH_FRAMES, 0, writer.position());
        return true;
    }

    private void finish(OutgoingBatch out, int kind, long number, int length) {
        header.kind = kind;
        header.version = LinkWire.VERSION;
        header.senderLane = identity.selfLane();
        header.receiverLane = identity.peerLane();
        header.senderProcess = identity.selfProcess();
        header.receiverProcess = identity.peerProcess();
        header.attachCount = attachCount;
        header.number = number;
        header.ack = receive.acknowledge();
        header.write(out.bytes, 0);
        out.length = length;
        out.address = identity.peerAddress();
    }

    private static @Nullable HelloBody body(byte[] bytes, int offset, int length) {
        return HelloBody.read(
                bytes, offset + LinkWire.HEADER_BYTES, length - LinkWire.HEADER_BYTES);
    }
}

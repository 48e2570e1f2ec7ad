package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.link.LinkConnection;
import dev.slipgate.fabric.link.MessageAssembly;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.link.FrameWriter;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import org.jspecify.annotations.Nullable;

/**
 * A virtual connection at its gateway. For a dialect client it is the client's end: its streams
 * number and keep what the client sent until the node's delivery ack. For a native one it stands
 * between the ends and passes on. Written to the lane on the lane's request. Confined to the lane's
 * thread.
 */
final class GatewayConnection extends LinkConnection {
    /** What a node is told that a native client speaks. */
    static final String NATIVE_DIALECT = "slipgate";

    /** Where a connection is in its life. */
    enum Phase {
        /** No node takes connections yet. */
        PARKED,
        /** A node has it, or will with the next batch. */
        PLACED,
        /** The client is gone; what it sent still goes to the node, then CLOSE. */
        LEAVING,
        /** Nothing more goes anywhere. */
        ENDED
    }

    /** What is the lane's to know. */
    interface Owner {
        /** A message of a dialect's client is kept no longer. */
        void onSettled(GatewayConnection connection, int lengthBytes);

        /** Messages of a native client are held here, or not any more; negative for those. */
        void onHeld(GatewayConnection connection, int costBytes);

        /** As much has left the hold, and the client may send it again. */
        void onCreditDue(GatewayConnection connection, int costBytes);

        /** An unreliable message gave way to a newer one. */
        void onOverflow();

        /** CLOSE is written and nothing more goes anywhere. */
        void onEnded(GatewayConnection connection);
    }

    final long id;
    final Session session;

    /** Of a dialect's client both directions, of a native one what comes down. */
    final ConnectionStreams streams;

    final UnitHold unit;
    final MessageAssembly assembly;

    /** What the session has no room for; used with native clients alone. */
    final DownBacklog backlog;

    private final GatewayLaneConfig config;
    private final Owner owner;
    private final UpQueue up;
    private final @Nullable RelayedUp relay;
    private final ChannelSet acksDue = new ChannelSet();

    Phase phase = Phase.PARKED;
    @Nullable NodePeer peer;

    /** Room granted to the session and not used up yet. */
    long reservedBytes;

    /** Held here, or kept for the node's delivery ack. */
    long keptBytes;

    /** While it waits for a node: until when. */
    long parkedUntilNs;

    /** While the node has closed and the client still lacks something: until when it may take. */
    long closeByNs = Long.MAX_VALUE;

    CloseReason closeReason = CloseReason.CLIENT_CLOSED;

    /** Reliable messages that the session took and the client does not have yet. */
    int undelivered;

    /** The session's generation, as a native client counts it; 0 before its ATTACH. */
    long generation;

    /** Whether a native client's ATTACH was answered. */
    boolean attached;

    /** Cost of what has left the hold and the session was not told yet. */
    long creditDueBytes;

    private boolean openDue;
    private boolean qualityDue;
    private long upLimitBytes;
    private long upSentBytes;
    private int sendingOffset;
    private long reportedMessages;
    private long reportedRttNs;

    GatewayConnection(
            long id, Session session, GatewayLaneConfig config, BytePool pool, Owner owner) {
        this.id = id;
        this.session = session;
        this.streams =
                new ConnectionStreams(
                        pool,
                        config.holdBytesPerConnection(),
                        (channel, number, lengthBytes, tag, delivered) ->
                                owner.onSettled(this, lengthBytes));
        this.config = config;
        this.owner = owner;
        this.unit = new UnitHold(config.unitHoldBytes());
        this.assembly = new MessageAssembly(config.downBytesPerConnection());
        this.backlog = new DownBacklog(config.downBytesPerConnection());
        this.relay =
                session.betweenEnds()
                        ? new RelayedUp(pool, config.holdBytesPerConnection(), new RelayOwner())
                        : null;
        this.up = relay != null ? relay : new KeptUp(streams);
    }

    private final class RelayOwner implements RelayedUp.Owner {
        @Override
        public void onHeld(int costBytes) {
            owner.onHeld(GatewayConnection.this, costBytes);
        }

        @Override
        public void onLeft(int costBytes, Delivery delivery) {
            owner.onHeld(GatewayConnection.this, -costBytes);
            if (delivery.reliable()) {
                owner.onCreditDue(GatewayConnection.this, costBytes);
            }
        }

        @Override
        public void onOverflow() {
            owner.onOverflow();
        }
    }

    /** Whether the client is native, and the gateway no end of its streams. */
    boolean relayed() {
        return relay != null;
    }

    /** A message of the client; false when no honest one would have sent it. */
    boolean fromClient(
            int channel, Delivery delivery, long number, byte[] bytes, int offset, int length) {
        boolean sound = true;
        if (relay != null) {
            sound = relay.take(channel, delivery, number, bytes, offset, length);
        } else {
            streams.outbound(channel).keepCopy(bytes, offset, length, null);
        }
        wantsData();
        return sound;
    }

    /** Nothing more goes to the node. */
    void release() {
        up.release();
        streams.release();
    }

    /** A node takes the connection: OPEN goes first, then what was kept meanwhile. */
    void place(NodePeer node) {
        phase = Phase.PLACED;
        peer = node;
        openDue = true;
        upLimitBytes = node.lane().peerConnectionWindowBytes();
        node.placed();
        node.queue().wantsControl(this);
        node.queue().wantsData(this);
    }

    /** There may be something to write. */
    void wantsData() {
        if (peer != null) {
            peer.queue().wantsData(this);
        }
    }

    /** A native client has handled this much of a channel. */
    void handledByClient(int channel, Positions handled) {
        InboundStream stream = streams.existingInbound(channel);
        if (stream != null && stream.delivery().reliable()) {
            stream.handled().addAll(handled); // an older ack may come later
            ackDue(channel);
        }
    }

    /** The client has what was sent on this channel: the node is told with the next batch. */
    void ackDue(int channel) {
        acksDue.add(channel);
        wantsControl();
    }

    /** More credit from the node. */
    void credit(long limitBytes) {
        upLimitBytes = Math.max(upLimitBytes, limitBytes);
        wantsData();
    }

    /** Has the node told of the session's counts, if they say something new. */
    void reportQuality() {
        SessionStats stats = session.stats();
        long messages = stats.messagesSent + stats.messagesReceived;
        boolean news =
                messages != reportedMessages
                        || Math.abs(stats.rttNs - reportedRttNs) > reportedRttNs / 8;
        if (news && phase == Phase.PLACED) {
            reportedMessages = messages;
            reportedRttNs = stats.rttNs;
            qualityDue = true;
            wantsControl();
        }
    }

    private void wantsControl() {
        if (peer != null) {
            peer.queue().wantsControl(this);
        }
    }

    @Override
    protected boolean writeControl(FrameWriter out) {
        if (phase == Phase.ENDED) {
            return true;
        }
        if (openDue && !writeOpen(out)) {
            return false;
        }
        openDue = false;
        for (int channel = acksDue.first(); channel >= 0; channel = acksDue.first()) {
            if (!out.deliveryAck(id, channel, 0, streams.inbound(channel).handled())) {
                return false;
            }
            acksDue.remove(channel);
        }
        if (qualityDue && !writeQuality(out)) {
            return false;
        }
        qualityDue = false;
        return true;
    }

    private boolean writeOpen(FrameWriter out) {
        return out.open(
                id,
                1,
                1,
                relayed() ? LinkWire.NATIVE : 0,
                config.downBytesPerConnection(),
                relayed() ? NATIVE_DIALECT : config.dialect(),
                session.peer().toString(),
                session.identity());
    }

    private boolean writeQuality(FrameWriter out) {
        SessionStats stats = session.stats();
        return out.quality(
                id,
                stats.rttNs,
                stats.packetsSent,
                stats.packetsReceived,
                stats.packetsDropped,
                stats.packetsAcked,
                stats.packetsTimedOut);
    }

    @Override
    protected DataStep writeData(FrameWriter out) {
        if (phase == Phase.ENDED) {
            return DataStep.DONE;
        }
        if (openDue) {
            return DataStep.NO_ROOM; // OPEN did not fit; nothing overtakes it
        }
        if (!up.select()) {
            return phase == Phase.LEAVING ? writeClose(out) : DataStep.DONE;
        }
        return writeMessage(out);
    }

    private DataStep writeMessage(FrameWriter out) {
        int total = up.length();
        if (sendingOffset == 0 && upSentBytes + LinkWire.costOf(total) > upLimitBytes) {
            return DataStep.BLOCKED;
        }
        int length = Math.min(total - sendingOffset, LinkWire.MAX_DATA_BYTES);
        if (out.dataRoom() < length) {
            return DataStep.NO_ROOM;
        }
        boolean last = sendingOffset + length == total;
        int flags =
                (sendingOffset == 0 ? LinkWire.FLAG_FIRST : 0) | (last ? LinkWire.FLAG_LAST : 0);
        out.data(
                id,
                up.channel(),
                flags,
                up.delivery(),
                up.number(),
                total,
                up.bytes(),
                sendingOffset,
                length);
        if (last) {
            sendingOffset = 0;
            upSentBytes += LinkWire.costOf(total);
            up.written();
        } else {
            sendingOffset += length;
            up.begun();
        }
        return DataStep.MORE;
    }

    private DataStep writeClose(FrameWriter out) {
        if (!out.close(id, closeReason.code(), closeReason.text())) {
            return DataStep.NO_ROOM;
        }
        owner.onEnded(this);
        return DataStep.DONE;
    }
}

package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.fabric.link.LinkConnection;
import dev.slipgate.fabric.link.MessageAssembly;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.OutboundStream;
import dev.slipgate.protocol.link.FrameWriter;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A virtual connection at its gateway. For a dialect client it is the client's end: its streams
 * number and keep what the client sent until the node's delivery ack. Written to the lane on the
 * lane's request. Confined to the lane's thread.
 */
final class GatewayConnection extends LinkConnection {
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

    /** Accounts for what connections keep. */
    interface Keeper {
        void onSettled(GatewayConnection connection, int lengthBytes);
    }

    final long id;
    final Session session;
    final ConnectionStreams streams;
    final UnitHold unit;
    final MessageAssembly assembly;

    private final GatewayLaneConfig config;
    private final Consumer<GatewayConnection> onEnded;
    private final ChannelSet acksDue = new ChannelSet();

    Phase phase = Phase.PARKED;
    @Nullable NodePeer peer;

    /** Room granted to the session and not used up yet. */
    long reservedBytes;

    /** Kept for the node's delivery ack. */
    long keptBytes;

    /** While the node has closed and the client still lacks something: until when it may take. */
    long closeByNs = Long.MAX_VALUE;

    CloseReason closeReason = CloseReason.CLIENT_CLOSED;

    /** Reliable messages that the session took and the client does not have yet. */
    int undelivered;

    private boolean openDue;
    private boolean qualityDue;
    private long upLimitBytes;
    private long upSentBytes;
    private int sendingChannel;
    private int sendingOffset;
    private long reportedMessages;
    private long reportedRttNs;

    /**
     * @param keeper hears of messages that are kept no longer
     * @param onEnded called when CLOSE is written and nothing more goes anywhere
     */
    GatewayConnection(
            long id,
            Session session,
            GatewayLaneConfig config,
            BytePool pool,
            Consumer<GatewayConnection> onEnded,
            Keeper keeper) {
        this.id = id;
        this.session = session;
        this.streams =
                new ConnectionStreams(
                        pool,
                        config.holdBytesPerConnection(),
                        (channel, number, lengthBytes, tag, delivered) ->
                                keeper.onSettled(this, lengthBytes));
        this.config = config;
        this.onEnded = onEnded;
        this.unit = new UnitHold(config.unitHoldBytes());
        this.assembly = new MessageAssembly(config.downBytesPerConnection());
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
                0,
                config.downBytesPerConnection(),
                config.dialect(),
                session.peer().toString());
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
        OutboundStream stream = nextStream();
        if (stream == null) {
            return phase == Phase.LEAVING ? writeClose(out) : DataStep.DONE;
        }
        return writeMessage(out, stream, stream.nextToSend());
    }

    /** The stream whose fragment is under way, else the next in turn that has something unsent. */
    private @Nullable OutboundStream nextStream() {
        int bound = streams.outboundBound();
        int start = sendingOffset > 0 ? sendingChannel : sendingChannel + 1;
        for (int i = 0; i < bound; i++) {
            OutboundStream stream = streams.existingOutbound((start + i) % bound);
            if (stream != null && stream.nextToSend() != 0) {
                return stream;
            }
        }
        return null;
    }

    private DataStep writeMessage(FrameWriter out, OutboundStream stream, long number) {
        byte[] bytes = stream.bytes(number);
        int total = stream.length(number);
        if (bytes == null) {
            throw new IllegalStateException("message " + number + " is to be sent and not kept");
        }
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
                stream.channel(),
                flags,
                stream.delivery(),
                number,
                total,
                bytes,
                sendingOffset,
                length);
        sendingChannel = stream.channel();
        sendingOffset = last ? 0 : sendingOffset + length;
        if (last) {
            upSentBytes += LinkWire.costOf(total);
            stream.sent(number);
        }
        return DataStep.MORE;
    }

    private DataStep writeClose(FrameWriter out) {
        if (!out.close(id, closeReason.code(), closeReason.text())) {
            return DataStep.NO_ROOM;
        }
        onEnded.accept(this);
        return DataStep.DONE;
    }
}

package dev.slipgate.fabric.link;

import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.link.BatchHeader;
import dev.slipgate.protocol.link.FrameReader;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.LongMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All lanes of one event loop: finds the lane of a batch, takes its frames apart, writes ours.
 * Bounded by the lanes of the processes in the directory. Confined to the loop's thread.
 */
public final class Lanes<P extends LanePeer> {
    /** What the lanes' owner does about them. */
    public interface Listener<P extends LanePeer> {
        /** A HELLO of a lane that is not known: the peer to answer it, or null to drop it. */
        @Nullable P onStranger(BatchHeader hello, long nowNs);

        /** A new epoch holds with the peer. What belonged to a former one is gone. */
        void onUp(P peer, long nowNs);

        /** The peer lives and told its load. */
        void onHeartbeat(P peer, int connections, boolean accepting, long nowNs);

        /**
         * A frame about a connection; false when no honest peer would send it: then the lane is
         * lost.
         */
        boolean onFrame(P peer, FrameReader frame, long nowNs);

        /** The epoch with the peer is over. */
        void onLost(P peer, CloseReason reason, long nowNs);
    }

    private final long selfProcess;
    private final int selfLane;
    private final LoadReport load;
    private final DropCounter drops;
    private final Listener<P> listener;
    private final LaneTraffic traffic = new LaneTraffic();
    private final LongMap<P> byKey = new LongMap<>();
    private final List<P> peers = new ArrayList<>();
    private final BatchHeader header = new BatchHeader();
    private final FrameReader reader = new FrameReader();
    private int pollFrom;

    /**
     * @param load what our heartbeats tell
     */
    public Lanes(
            long selfProcess,
            int selfLane,
            LoadReport load,
            DropCounter drops,
            Listener<P> listener) {
        this.selfProcess = selfProcess;
        this.selfLane = selfLane;
        this.load = load;
        this.drops = drops;
        this.listener = listener;
    }

    public LaneTraffic traffic() {
        return traffic;
    }

    /** All peers at this moment, free to be changed meanwhile. */
    public List<P> peersNow() {
        return List.copyOf(peers);
    }

    public int size() {
        return peers.size();
    }

    public @Nullable P find(long process, int lane) {
        P peer = byKey.find(key(process, lane));
        if (peer == null) {
            return null;
        }
        LaneIdentity identity = peer.lane().identity();
        return identity.peerProcess() == process && identity.peerLane() == lane ? peer : null;
    }

    public void add(P peer) {
        LaneIdentity identity = peer.lane().identity();
        byKey.put(key(identity.peerProcess(), identity.peerLane()), peer);
        peers.add(peer);
    }

    /** The peer's process is gone. */
    public void remove(P peer, CloseReason reason, long nowNs) {
        LaneIdentity identity = peer.lane().identity();
        byKey.remove(key(identity.peerProcess(), identity.peerLane()));
        peers.remove(peer);
        lost(peer, reason, nowNs);
    }

    /** Input: a batch, anything may be in it. */
    public void onBatch(ByteBuffer batch, long nowNs) {
        traffic.received.add(1);
        byte[] bytes = batch.array();
        int offset = batch.arrayOffset() + batch.position();
        int length = batch.remaining();
        if (!header.read(bytes, offset, length)) {
            drops.count(DropReason.BAD_BATCH);
            return;
        }
        P peer = sender(nowNs);
        if (peer == null) {
            drops.count(DropReason.STALE_BATCH);
            return;
        }
        switch (peer.lane().onBatch(header, bytes, offset, length, nowNs)) {
            case NONE -> {}
            case UP -> up(peer, nowNs);
            case FRAMES ->
                    onFrames(peer, bytes, offset + LinkWire.HEADER_BYTES, offset + length, nowNs);
            case STALE -> drops.count(DropReason.STALE_BATCH);
            case BROKEN -> drops.count(DropReason.BAD_BATCH);
            case LOST -> lost(peer, CloseReason.LINK_LOST, nowNs);
        }
    }

    private @Nullable P sender(long nowNs) {
        if (header.receiverProcess != selfProcess || header.receiverLane != selfLane) {
            return null;
        }
        P peer = find(header.senderProcess, header.senderLane);
        return peer == null && header.kind == LinkWire.BATCH_HELLO
                ? listener.onStranger(header, nowNs)
                : peer;
    }

    private void up(P peer, long nowNs) {
        peer.queue().clear();
        countLanes();
        listener.onUp(peer, nowNs);
    }

    private void onFrames(P peer, byte[] bytes, int from, int to, long nowNs) {
        reader.begin(bytes, from, to);
        FrameReader.Step step = reader.next();
        while (step == FrameReader.Step.FRAME && onFrame(peer, nowNs)) {
            step = reader.next();
        }
        if (step != FrameReader.Step.END) {
            drops.count(DropReason.BAD_BATCH);
            peer.lane().lose();
            lost(peer, CloseReason.LINK_LOST, nowNs);
        }
    }

    private boolean onFrame(P peer, long nowNs) {
        if (reader.kind() == LinkWire.HEARTBEAT) {
            listener.onHeartbeat(peer, reader.load(), reader.accepting(), nowNs);
            return true;
        }
        if (reader.connection() != 0) {
            return listener.onFrame(peer, reader, nowNs);
        }
        if (reader.kind() == LinkWire.CREDIT) {
            peer.lane().onLinkCredit(reader.limitBytes());
            return true;
        }
        return false;
    }

    private void lost(P peer, CloseReason reason, long nowNs) {
        peer.queue().clear();
        listener.onLost(peer, reason, nowNs);
        countLanes();
    }

    private void countLanes() {
        int up = 0;
        for (P peer : peers) {
            up += peer.lane().up() ? 1 : 0;
        }
        traffic.up.add(up - traffic.up.read());
    }

    /** Input: time has passed. */
    public void onTimeout(long nowNs) {
        for (P peer : peersNow()) {
            if (peer.lane().onTimeout(nowNs) == Lane.Event.LOST) {
                lost(peer, CloseReason.LINK_LOST, nowNs);
            }
        }
    }

    /** Output: the next batch of any lane; each flush begins with another lane. */
    public boolean pollBatch(OutgoingBatch out, long nowNs) {
        int count = peers.size();
        for (int i = 0; i < count; i++) {
            int index = (pollFrom + i) % count;
            P peer = peers.get(index);
            if (peer.lane().poll(out, peer.queue(), load, nowNs)) {
                pollFrom = index;
                traffic.sent.add(1);
                return true;
            }
        }
        pollFrom = count == 0 ? 0 : (pollFrom + 1) % count;
        return false;
    }

    /** Output: when {@link #onTimeout} or a poll is next due. */
    public long nextTimeoutNs() {
        long next = LaneEngine.NEVER;
        for (P peer : peers) {
            next = Math.min(next, peer.lane().nextTimeoutNs());
        }
        return next;
    }

    /** Process ids are random, so their sum with a spread lane is a random key. */
    private static long key(long process, int lane) {
        return process + (lane + 1) * 0x9E37_79B9_7F4A_7C15L;
    }
}

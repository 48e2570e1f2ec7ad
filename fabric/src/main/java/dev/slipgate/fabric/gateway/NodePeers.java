package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.fabric.link.Lane;
import dev.slipgate.fabric.link.LaneIdentity;
import dev.slipgate.fabric.link.LaneTraffic;
import dev.slipgate.fabric.link.Lanes;
import dev.slipgate.fabric.link.LoadReport;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.link.BatchHeader;
import dev.slipgate.protocol.link.FrameReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a gateway lane talks to: opens a lane to each that the directory names, and anew
 * when one is lost.
 */
final class NodePeers implements Lanes.Listener<NodePeer> {
    /** Hears what happens on the lanes to nodes. */
    interface Listener {
        /** Connections may be placed on the node. */
        void onReady(long nowNs);

        /** A frame about a connection; false when no honest node would send it. */
        boolean onFrame(NodePeer peer, FrameReader frame, long nowNs);

        /** Whatever was placed on the node is gone with the epoch. */
        void onLost(NodePeer peer, CloseReason reason, long nowNs);
    }

    private final ProcessRecord self;
    private final int laneIndex;
    private final GatewayLaneConfig config;
    private final Listener listener;
    private final Lanes<NodePeer> lanes;
    private long attachCount;

    NodePeers(
            ProcessRecord self,
            int laneIndex,
            GatewayLaneConfig config,
            DropCounter drops,
            Listener listener) {
        this.self = self;
        this.laneIndex = laneIndex;
        this.config = config;
        this.listener = listener;
        this.lanes = new Lanes<>(self.processId(), laneIndex, LoadReport.NONE, drops, this);
    }

    /** Those that take connections now. */
    List<NodePeer> accepting() {
        List<NodePeer> accepting = new ArrayList<>(lanes.peersNow());
        accepting.removeIf(peer -> !peer.acceptsConnections());
        return accepting;
    }

    LaneTraffic traffic() {
        return lanes.traffic();
    }

    void onUp(ProcessRecord node, long nowNs) {
        if (node.lanes() == 0 || lanes.find(node.processId(), laneOf(node)) != null) {
            return;
        }
        var identity = LaneIdentity.of(self, laneIndex, node.processId(), laneOf(node), true);
        var peer = new NodePeer(new Lane(identity, config.link(), config.downBytesPerConnection()));
        lanes.add(peer);
        peer.lane().hello(++attachCount, nowNs);
    }

    void onDown(ProcessRecord node, long nowNs) {
        NodePeer peer = node.lanes() == 0 ? null : lanes.find(node.processId(), laneOf(node));
        if (peer != null) {
            lanes.remove(peer, CloseReason.NODE_LOST, nowNs);
        }
    }

    private int laneOf(ProcessRecord node) {
        return laneIndex % node.lanes();
    }

    @Override
    public @Nullable NodePeer onStranger(BatchHeader hello, long nowNs) {
        return null; // nodes are found in the directory, and never say HELLO
    }

    @Override
    public void onUp(NodePeer peer, long nowNs) {} // its first heartbeat tells whether it accepts

    @Override
    public void onHeartbeat(NodePeer peer, int connections, boolean accepting, long nowNs) {
        peer.reported(connections, accepting);
        if (peer.acceptsConnections()) {
            listener.onReady(nowNs);
        }
    }

    @Override
    public boolean onFrame(NodePeer peer, FrameReader frame, long nowNs) {
        return listener.onFrame(peer, frame, nowNs);
    }

    @Override
    public void onLost(NodePeer peer, CloseReason reason, long nowNs) {
        peer.reported(0, false);
        peer.lane()
                .hello(++attachCount, nowNs); // harmless for one that was removed: nobody polls it
        listener.onLost(peer, reason, nowNs);
    }

    void onBatch(ByteBuffer batch, long nowNs) {
        lanes.onBatch(batch, nowNs);
    }

    void onTimeout(long nowNs) {
        lanes.onTimeout(nowNs);
    }

    boolean pollBatch(OutgoingBatch out, long nowNs) {
        return lanes.pollBatch(out, nowNs);
    }

    long nextTimeoutNs() {
        return lanes.nextTimeoutNs();
    }
}

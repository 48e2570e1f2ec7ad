package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.link.Lane;
import dev.slipgate.fabric.link.LanePeer;
import dev.slipgate.fabric.placement.Placement;

/** A node as one gateway lane sees it: the lane to it, and its load. */
final class NodePeer extends LanePeer implements Placement.Candidate {
    private int reportedLoad;
    private int placedSinceReport;
    private boolean accepting;

    NodePeer(Lane lane) {
        super(lane);
    }

    boolean acceptsConnections() {
        return lane().up() && accepting;
    }

    void reported(int connections, boolean nowAccepting) {
        reportedLoad = connections;
        placedSinceReport = 0;
        accepting = nowAccepting;
    }

    void placed() {
        placedSinceReport++;
    }

    @Override
    public int load() {
        return reportedLoad + placedSinceReport;
    }
}

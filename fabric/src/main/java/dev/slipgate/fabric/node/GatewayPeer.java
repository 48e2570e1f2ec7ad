package dev.slipgate.fabric.node;

import dev.slipgate.fabric.link.Lane;
import dev.slipgate.fabric.link.LanePeer;

/** A gateway's lane as one node lane sees it. */
final class GatewayPeer extends LanePeer {
    GatewayPeer(Lane lane) {
        super(lane);
    }
}

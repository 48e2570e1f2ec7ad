package dev.slipgate.fabric.link;

/**
 * The other end of a lane: the lane to it, and what waits to go there. Confined to the lane's
 * thread.
 */
public abstract class LanePeer {
    private final Lane lane;
    private final SendQueue queue = new SendQueue();

    protected LanePeer(Lane lane) {
        this.lane = lane;
    }

    public Lane lane() {
        return lane;
    }

    public SendQueue queue() {
        return queue;
    }
}

package dev.slipgate.fabric.node;

import java.util.concurrent.atomic.AtomicInteger;

/** A node's load, shared by its lanes and told to gateways in heartbeats. Any thread. */
public final class NodeLoad {
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean accepting = true;

    /** Connections that are open on the node now. */
    public int connections() {
        return connections.get();
    }

    /** Whether new connections may be placed here. */
    public boolean accepting() {
        return accepting;
    }

    public void accepting(boolean accepting) {
        this.accepting = accepting;
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }
}

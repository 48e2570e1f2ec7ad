package dev.slipgate.fabric.node;

import dev.slipgate.fabric.link.LoadReport;
import java.util.concurrent.atomic.AtomicInteger;

/** A node's load, shared by its lanes and told to gateways in heartbeats. Any thread. */
public final class NodeLoad implements LoadReport {
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean accepting = true;

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public boolean accepting() {
        return accepting;
    }

    /** Whether new connections may be placed here from now on. */
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

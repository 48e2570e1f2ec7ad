package dev.slipgate.testing.relay;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The clients of a relay by address, at most so many. Its counters may be read by any thread. */
final class ClientFlows implements AutoCloseable {
    /** Makes the flow of a new client. */
    @FunctionalInterface
    interface Connector {
        /**
         * @param ordinal how many clients were seen before
         */
        ClientFlow connect(SocketAddress client, int ordinal, long nowNs) throws IOException;
    }

    private final int maxClients;
    private final Connector connector;
    private final Map<SocketAddress, ClientFlow> bySilence = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong rebound = new AtomicLong();

    ClientFlows(int maxClients, Connector connector) {
        this.maxClients = maxClients;
        this.connector = connector;
    }

    ClientFlow of(SocketAddress client, long nowNs) throws IOException {
        ClientFlow known = bySilence.get(client);
        if (known != null) {
            return known;
        }
        if (bySilence.size() == maxClients) {
            evictMostSilent();
        }
        ClientFlow fresh = connector.connect(client, (int) opened.getAndIncrement(), nowNs);
        bySilence.put(client, fresh);
        return fresh;
    }

    void rebind(ClientFlow flow, long nowNs) throws IOException {
        flow.rebind(nowNs);
        rebound.incrementAndGet();
    }

    private void evictMostSilent() throws IOException {
        var eldest = bySilence.entrySet().iterator();
        eldest.next().getValue().close();
        eldest.remove();
        evicted.incrementAndGet();
    }

    long opened() {
        return opened.get();
    }

    long evicted() {
        return evicted.get();
    }

    long rebound() {
        return rebound.get();
    }

    @Override
    public void close() throws IOException {
        for (ClientFlow flow : bySilence.values()) {
            flow.close();
        }
    }
}

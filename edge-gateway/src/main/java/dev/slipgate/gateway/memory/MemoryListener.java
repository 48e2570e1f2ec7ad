package dev.slipgate.gateway.memory;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.memorynet.MemoryEnd;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A name in a {@link MemoryNetwork} that a gateway serves, in one mode. New connections go to the
 * event loops in turn. Thread-safe.
 */
public final class MemoryListener {
    private final MemoryNetwork network;
    private final String name;
    private final MemoryMode mode;
    private final List<MemoryCarrier> carriers = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private MemoryNetwork.@Nullable Port port;

    public MemoryListener(MemoryNetwork network, String name, MemoryMode mode) {
        this.network = network;
        this.name = name;
        this.mode = mode;
    }

    /** Gives an event loop its carrier; before {@link #start}. */
    public PacketCarrier addLoop(EventLoop loop, PacketSink sink) {
        var carrier = new MemoryCarrier(loop, sink);
        carriers.add(carrier);
        return carrier;
    }

    /**
     * Listens.
     *
     * @param gatewayKey the public key that clients in this process may ask for
     * @throws IllegalStateException when somebody listens under the name already
     */
    public synchronized void start(byte[] gatewayKey) {
        port = network.listen(name, mode, gatewayKey, this::accept);
    }

    private Runnable accept(MemoryEnd end) {
        int turn = Math.floorMod(accepted.getAndIncrement(), carriers.size());
        return carriers.get(turn).accept(end);
    }

    /** Listens no more, and closes the connections; harmless when repeated. */
    public synchronized void close() {
        if (port != null) {
            port.close();
            port = null;
        }
        carriers.forEach(MemoryCarrier::close);
    }
}

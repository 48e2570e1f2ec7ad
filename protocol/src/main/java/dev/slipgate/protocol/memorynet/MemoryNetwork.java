package dev.slipgate.protocol.memorynet;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A network within a process: gateways listen on it under a name, clients connect to that name.
 * Nothing is encoded, delayed or lost but what a full queue loses. Thread-safe; it has no thread of
 * its own: whoever puts something into an empty queue calls the other side's {@code onActivity}.
 */
public final class MemoryNetwork {
    private static final MemoryNetwork OF_PROCESS = new MemoryNetwork();

    private final ConcurrentMap<Place, Port> ports = new ConcurrentHashMap<>();

    /** The network that {@code mem://} means unless a client was given another. */
    public static MemoryNetwork ofProcess() {
        return OF_PROCESS;
    }

    /** What is listened on: a gateway may have one endpoint for each mode. */
    private record Place(String name, MemoryMode mode) {}

    /**
     * A name that is listened on in one mode; closing it frees the name and leaves living paths
     * alone.
     */
    public final class Port implements AutoCloseable {
        private final Place place;
        private final byte[] gatewayKey;
        private final Acceptor acceptor;

        private Port(Place place, byte[] gatewayKey, Acceptor acceptor) {
            this.place = place;
            this.gatewayKey = gatewayKey.clone();
            this.acceptor = acceptor;
        }

        public String name() {
            return place.name();
        }

        @Override
        public void close() {
            ports.remove(place, this);
        }
    }

    /** Takes new paths, on the thread of the client that connects. */
    @FunctionalInterface
    public interface Acceptor {
        /**
         * @param end the gateway's end of the new path
         * @return called, on any thread, when the end has something to be polled, takes packets
         *     again after it refused one, or was closed; it must not block
         */
        Runnable accept(MemoryEnd end);
    }

    /**
     * Listens under a name in one mode.
     *
     * @param gatewayKey the gateway's public key, 32 bytes, which clients in this process may ask
     *     for
     * @throws IllegalStateException when somebody listens under it already
     */
    public Port listen(String name, MemoryMode mode, byte[] gatewayKey, Acceptor acceptor) {
        var place = new Place(name, mode);
        var port = new Port(place, gatewayKey, acceptor);
        if (ports.putIfAbsent(place, port) != null) {
            throw new IllegalStateException(
                    "mem://%s is listened on already as a %s".formatted(name, mode));
        }
        return port;
    }

    /** The public key of the gateway under this name; null when none listens. */
    public byte @Nullable [] gatewayKey(String name, MemoryMode mode) {
        Port port = ports.get(new Place(name, mode));
        return port == null ? null : port.gatewayKey.clone();
    }

    /**
     * Connects to a name.
     *
     * @param onActivity as in {@link Acceptor#accept}, for the client's end
     * @return the client's end of the path, or null when nobody listens in this mode
     */
    public @Nullable MemoryEnd connect(String name, MemoryMode mode, Runnable onActivity) {
        Port port = ports.get(new Place(name, mode));
        if (port == null) {
            return null;
        }
        var up = new MemoryQueue(mode);
        var down = new MemoryQueue(mode);
        down.readBy(onActivity);
        up.writtenBy(onActivity);
        Runnable gateway = port.acceptor.accept(new MemoryEnd(mode, up, down));
        up.readBy(gateway);
        down.writtenBy(gateway);
        return new MemoryEnd(mode, down, up);
    }
}

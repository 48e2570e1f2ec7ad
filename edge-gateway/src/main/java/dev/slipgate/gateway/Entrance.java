package dev.slipgate.gateway;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.stream.StreamOptions;
import dev.slipgate.gateway.stream.StreamPort;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import java.util.List;

/**
 * A way into the gateway: listeners that share an endpoint per event loop, so one dialect over one
 * kind of carrier. All entrances of a gateway share its loops, and the lane of each.
 */
public sealed interface Entrance {
    /** Its name, or that of its first listener, in logs and {@code /stats}. */
    String name();

    /** Makes its endpoints. */
    EndpointFactory endpoints();

    /**
     * A UDP port.
     *
     * @param name such as {@code udp}, or the dialect's where it has one listener
     * @param listen where clients find it
     * @param options how its sockets are made
     */
    record Datagrams(String name, EndpointFactory endpoints, ListenSpec listen, UdpOptions options)
            implements Entrance {}

    /**
     * A name for clients in the same process.
     *
     * @param network where they look for it
     * @param name without the mode, which may have an entrance each
     * @param mode what it is like
     * @param publicKey what they may ask for and pin, 32 bytes; not copied
     */
    record Memory(
            EndpointFactory endpoints,
            MemoryNetwork network,
            String name,
            MemoryMode mode,
            byte[] publicKey)
            implements Entrance {}

    /**
     * Ports for streams.
     *
     * @param ports one of each kind at most, at least one in all
     * @param options bounds and times of their connections
     */
    record Streams(EndpointFactory endpoints, List<StreamPort> ports, StreamOptions options)
            implements Entrance {
        public Streams {
            ports = List.copyOf(ports);
        }

        @Override
        public String name() {
            return ports.getFirst().kind().scheme();
        }
    }
}

package dev.slipgate.client.carrier;

import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/** Opens carriers. Each begins to connect at once and goes on when it is driven. */
public final class Carriers {
    private Carriers() {}

    /** Datagrams. */
    public static Carrier udp(InetSocketAddress gateway) throws IOException {
        return UdpCarrier.open(gateway);
    }

    /** A path within the process; closed from the start when nobody listens. */
    public static Carrier memory(MemoryNetwork network, String name, MemoryMode mode) {
        return new MemoryCarrier(network, name, mode);
    }

    /** Length prefixes on TCP. */
    public static Carrier tcp(InetSocketAddress gateway) throws IOException {
        return new StreamCarrier(PlainStream.open(gateway), new LengthFraming());
    }

    /**
     * The same in TLS.
     *
     * @param host what the certificate must bear, where the trust asks for names
     */
    public static Carrier tls(InetSocketAddress gateway, String host, TlsTrust trust)
            throws IOException {
        return new StreamCarrier(sealed(gateway, host, trust), new LengthFraming());
    }

    /** WebSocket. */
    public static Carrier webSocket(
            InetSocketAddress gateway, String host, String path, RandomGenerator random)
            throws IOException {
        return new StreamCarrier(PlainStream.open(gateway), framing(gateway, host, path, random));
    }

    /** WebSocket in TLS. */
    public static Carrier webSocketTls(
            InetSocketAddress gateway,
            String host,
            String path,
            TlsTrust trust,
            RandomGenerator random)
            throws IOException {
        return new StreamCarrier(
                sealed(gateway, host, trust), framing(gateway, host, path, random));
    }

    private static TlsStream sealed(InetSocketAddress gateway, String host, TlsTrust trust)
            throws IOException {
        return new TlsStream(PlainStream.open(gateway), trust.engine(host, gateway.getPort()));
    }

    private static WebSocketFraming framing(
            InetSocketAddress gateway, String host, String path, RandomGenerator random) {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String hostAndPort = name + ":" + gateway.getPort();
        return new WebSocketFraming(new WebSocketUpgrade(hostAndPort, path, random), random);
    }
}

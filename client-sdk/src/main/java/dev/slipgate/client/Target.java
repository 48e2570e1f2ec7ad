package dev.slipgate.client;

import dev.slipgate.client.carrier.Carrier;
import dev.slipgate.client.carrier.Carriers;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.slipgate.CarrierKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Where a client connects to: looks up the name, and opens carriers to it. */
record Target(GatewayUri uri, ClientOptions options) {
    /**
     * What a look-up came to.
     *
     * @param address null for {@code mem}, and when there is a problem
     */
    record Lookup(@Nullable InetSocketAddress address, @Nullable String problem) {}

    /** Looks up the name; may block unless it is an address, or {@code mem}. */
    Lookup lookUp() {
        if (uri.scheme() == CarrierScheme.MEM) {
            return new Lookup(null, null);
        }
        try {
            InetAddress host = InetAddress.getByName(uri.host());
            return new Lookup(new InetSocketAddress(host, uri.port()), null);
        } catch (UnknownHostException unknown) {
            return new Lookup(null, "no address is known for " + uri.host());
        }
    }

    /** Begins to connect; never blocks. */
    Carrier open(Lookup lookup) throws IOException {
        InetSocketAddress address = lookup.address();
        if (address == null) {
            return Carriers.memory(options.network(), uri.host(), uri.memoryMode());
        }
        return switch (uri.scheme()) {
            case MEM, UDP -> Carriers.udp(address);
            case TCP -> Carriers.tcp(address);
            case TLS -> Carriers.tls(address, uri.host(), options.trust());
            case WS -> Carriers.webSocket(address, uri.host(), uri.path(), options.random());
            case WSS ->
                    Carriers.webSocketTls(
                            address, uri.host(), uri.path(), options.trust(), options.random());
        };
    }

    /** How packets fare there. */
    CarrierKind kind() {
        boolean memoryStream =
                uri.scheme() == CarrierScheme.MEM && uri.memoryMode() == MemoryMode.STREAM;
        return uri.scheme().stream() || memoryStream ? CarrierKind.STREAM : CarrierKind.DATAGRAM;
    }

    /** The key to pin; null when {@code mem} leads nowhere at the moment. */
    byte @Nullable [] gatewayKey() {
        byte[] key = uri.key();
        return key != null ? key : options.network().gatewayKey(uri.host(), uri.memoryMode());
    }
}

package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.ListenSpec;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * A port for streams, as configured.
 *
 * @param kind what is spoken below the packets
 * @param listen where it is to be found
 * @param tls its certificate; null where the kind needs none
 * @param origins which pages may open its WebSockets
 */
public record StreamPort(
        StreamKind kind, ListenSpec listen, @Nullable SslContext tls, OriginCheck origins) {
    public StreamPort {
        if (kind.sealed() != (tls != null)) {
            throw new IllegalArgumentException(
                    kind + (tls == null ? " needs" : " has no") + " TLS");
        }
    }
}

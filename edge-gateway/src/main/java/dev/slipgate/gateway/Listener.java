package dev.slipgate.gateway;

import dev.slipgate.gateway.carrier.HostKey;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A listener of a gateway.
 *
 * @param name such as {@code udp}, {@code tls} or {@code mpgameserver}
 * @param protocol what its port is of, UDP or TCP; memory where it has none
 * @param addresses where it listened when the gateway started; on a wildcard, addresses come and
 *     go; empty in memory
 * @param stats what it counts
 */
public record Listener(
        String name, String protocol, List<InetSocketAddress> addresses, ListenerStats stats) {
    /** Where it listens, such as {@code UDP 127.0.0.1:7770, [::1]:7770}. */
    String where() {
        return protocol
                + " "
                + addresses.stream().map(HostKey::text).sorted().collect(Collectors.joining(", "));
    }
}

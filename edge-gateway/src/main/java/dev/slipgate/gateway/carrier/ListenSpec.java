package dev.slipgate.gateway.carrier;

import java.net.InetAddress;
import java.util.Set;

/**
 * Where a listener is to be found.
 *
 * @param host as configured, for messages
 * @param addresses the local addresses that it means
 * @param wildcard whether addresses may come and go, and single ones may refuse
 * @param port 0 for any that is free at all of them
 * @param key the configuration key of the port, for messages
 */
public record ListenSpec(
        String host, LocalAddresses addresses, boolean wildcard, int port, String key) {
    /**
     * The meaning of a configured host: {@code *} and {@code ::} are all local addresses, {@code
     * 0.0.0.0} all that are IPv4, a name all that it resolves to.
     */
    public static ListenSpec of(String host, int port, String key) {
        return switch (host) {
            case "*", "::", "[::]" ->
                    new ListenSpec(host, LocalAddresses::ofMachine, true, port, key);
            case "0.0.0.0" -> new ListenSpec(host, LocalAddresses::ofMachineIpv4, true, port, key);
            default ->
                    new ListenSpec(
                            host, () -> Set.of(InetAddress.getAllByName(host)), false, port, key);
        };
    }
}

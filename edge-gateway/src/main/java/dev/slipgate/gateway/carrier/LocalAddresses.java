package dev.slipgate.gateway.carrier;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which local addresses to listen on; asked on a thread that may wait. */
@FunctionalInterface
public interface LocalAddresses {
    /** Unicast addresses; link-local ones with their scope. */
    Set<InetAddress> now() throws IOException;

    /** Those of the interfaces of this machine that are up; they come and go. */
    static Set<InetAddress> ofMachine() throws IOException {
        return NetworkInterface.networkInterfaces()
                .filter(LocalAddresses::up)
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of {@link #ofMachine} that are IPv4. */
    static Set<InetAddress> ofMachineIpv4() throws IOException {
        return ofMachine().stream()
                .filter(Inet4Address.class::isInstance)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean up(NetworkInterface networkInterface) {
        try {
            return networkInterface.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}

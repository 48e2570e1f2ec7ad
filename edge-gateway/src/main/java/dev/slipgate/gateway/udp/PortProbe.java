package dev.slipgate.gateway.udp;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds out what can be bound, with sockets that share nothing: the listener's own share their port
 * among event loops (SO_REUSEPORT), and would share it silently with another process as well, which
 * then gets half of the clients.
 */
final class PortProbe {
    /** Free ports tried until one is free at all addresses. */
    private static final int MAX_TRIES = 16;

    /** The most addresses that a listener has sockets for. */
    static final int MAX_ADDRESSES = 64;

    private PortProbe() {}

    /**
     * What a listener may bind.
     *
     * @param port 1 to 65535
     * @param addresses at least one
     */
    record Choice(int port, List<InetAddress> addresses) {}

    /**
     * Chooses port and addresses; waits for name resolution.
     *
     * @throws StartFailure when the port is in use at one address, or no address can be bound
     */
    static Choice choose(ListenSpec spec) {
        List<InetAddress> bindable = bindable(spec);
        if (spec.port() != 0) {
            for (InetAddress address : bindable) {
                if (bind(address, spec.port()).isEmpty()) {
                    throw inUse(spec, address, spec.port());
                }
            }
            return new Choice(spec.port(), bindable);
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int port = bind(bindable.getFirst(), 0).orElse(0);
            if (port != 0 && bindable.stream().allMatch(at -> bind(at, port).isPresent())) {
                return new Choice(port, bindable);
            }
        }
        throw new StartFailure(
                "no UDP port is free at all addresses of " + spec.host(),
                "set " + spec.key() + " to one that is");
    }

    private static List<InetAddress> bindable(ListenSpec spec) {
        Collection<InetAddress> all;
        try {
            all = spec.addresses().now();
        } catch (IOException unknown) {
            throw noAddress(spec);
        }
        var bindable = new ArrayList<InetAddress>();
        for (InetAddress address : all) {
            if (bindable.size() < MAX_ADDRESSES && bind(address, 0).isPresent()) {
                bindable.add(address);
            }
        }
        if (bindable.isEmpty()) {
            throw noAddress(spec);
        }
        return List.copyOf(bindable);
    }

    /** The port that was bound and let go, or empty when it could not be. */
    private static OptionalInt bind(InetAddress address, int port) {
        try (var socket = new DatagramSocket(new InetSocketAddress(address, port))) {
            return OptionalInt.of(socket.getLocalPort());
        } catch (SocketException refused) {
            return OptionalInt.empty();
        }
    }

    /** The failure when a port is taken, or too low for this user. */
    static StartFailure inUse(ListenSpec spec, InetAddress address, int port) {
        return new StartFailure(
                "UDP port "
                        + port
                        + " of "
                        + address.getHostAddress()
                        + " is in use or not allowed",
                "stop the process that has it, or set " + spec.key() + " to a free port");
    }

    private static StartFailure noAddress(ListenSpec spec) {
        return new StartFailure(
                spec.host() + " is no address of this machine",
                "listen on one that is, or on * for all of them");
    }
}

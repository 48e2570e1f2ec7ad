package dev.slipgate.runtime.net;

import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.function.IntPredicate;

/** Finds the TCP port that a {@link PortChoice} means on this machine, now. */
public final class ListenPort {
    /** How many ports {@link PortChoice.NextFree} looks at before it gives up. */
    public static final int MAX_TRIES = 100;

    private ListenPort() {}

    /**
     * A port of {@code host} that can be bound. It is free when this returns; whoever binds it next
     * may still lose a race, and then asks again.
     *
     * @param key the configuration key that sets it, for the message
     * @throws StartFailure when the host is not of this machine, the port is in use, or all are
     */
    public static int pick(String host, PortChoice choice, String key) {
        InetAddress address = localAddress(host);
        if (!isOfThisMachine(address)) {
            throw new StartFailure(
                    "host " + host + " is no address of this machine", "name one that it has");
        }
        return pick(choice, host, key, port -> isFree(address, port));
    }

    static int pick(PortChoice choice, String host, String key, IntPredicate isFree) {
        return switch (choice) {
            case PortChoice.Exactly(int port) -> {
                if (port != 0 && !isFree.test(port)) {
                    throw inUse(host, port, key);
                }
                yield port;
            }
            case PortChoice.NextFree(int first) -> {
                for (int port = first; port < first + MAX_TRIES; port++) {
                    if (isFree.test(port)) {
                        yield port;
                    }
                }
                throw new StartFailure(
                        "no free TCP port from " + first + " to " + (first + MAX_TRIES - 1),
                        "set " + key + " to a free one of " + host);
            }
        };
    }

    /** The failure to throw when an explicitly set or public TCP port is taken. */
    public static StartFailure inUse(String host, int port, String key) {
        return new StartFailure(
                "TCP port " + port + " of " + host + " is in use or not allowed",
                "stop the process that has it, or set " + key + " to a free port");
    }

    private static InetAddress localAddress(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    "host " + host + " does not resolve", "name an address of this machine", e);
        }
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // nobody can tell; binding will
        }
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose former owner left connections in TIME_WAIT counts as free, as it does
            // for the servers that then bind it.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

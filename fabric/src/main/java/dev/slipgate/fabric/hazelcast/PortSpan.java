package dev.slipgate.fabric.hazelcast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/**
 * The ports that may be taken, in this order.
 *
 * @param first 1 to 65535
 * @param count how many are tried, at least 1
 */
public record PortSpan(int first, int count) {
    /** How many are tried when the next free one is good enough. */
    public static final int MAX_TRIES = 100;

    /**
     * @throws IllegalArgumentException when out of range
     */
    public PortSpan {
        if (first < 1 || count < 1 || first + count - 1 > 65_535) {
            throw new IllegalArgumentException("no ports: " + count + " from " + first);
        }
    }

    /** This one or none. */
    public static PortSpan exactly(int port) {
        return new PortSpan(port, 1);
    }

    /** The next free one from here up. */
    public static PortSpan upFrom(int port) {
        return new PortSpan(port, Math.min(MAX_TRIES, 65_536 - port));
    }

    /**
     * Those of them that nobody listens on now. Looked at ahead of the start, since neither Vert.x
     * nor Hazelcast refuses a taken port without a stack trace in the log.
     */
    IntStream freeOn(InetAddress host) {
        return IntStream.range(first, first + count).filter(port -> isFree(host, port));
    }

    private static boolean isFree(InetAddress host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return count == 1 ? Integer.toString(first) : first + " to " + (first + count - 1);
    }
}

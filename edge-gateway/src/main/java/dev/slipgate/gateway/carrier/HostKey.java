package dev.slipgate.gateway.carrier;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Hosts as limits know them, and addresses as people read them. */
public final class HostKey {
    private HostKey() {}

    /**
     * An IPv4 address; of IPv6 the /64 network, since one host owns a whole one and could escape a
     * limit by changing within it.
     */
    public static Object of(InetAddress host) {
        return host instanceof Inet6Address
                ? new Ipv6Network(ByteBuffer.wrap(host.getAddress()).getLong())
                : host;
    }

    /** Host and port; IPv6 in brackets, with its scope if it has one. */
    public static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = host.getHostAddress();
        if (host instanceof Inet6Address) {
            // What comes from the kernel has scope 0 where it means none.
            text = "[" + (text.endsWith("%0") ? text.substring(0, text.length() - 2) : text) + "]";
        }
        return text + ":" + address.getPort();
    }

    /** The first half of an IPv6 address. */
    private record Ipv6Network(long prefix) {
        @Override
        public String toString() {
            byte[] bytes = ByteBuffer.allocate(16).putLong(prefix).array();
            try {
                return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
            } catch (UnknownHostException impossible) {
                throw new AssertionError(Arrays.toString(bytes) + " is an address", impossible);
            }
        }
    }
}

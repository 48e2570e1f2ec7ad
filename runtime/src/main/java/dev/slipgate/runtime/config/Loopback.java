package dev.slipgate.runtime.config;

import java.net.InetAddress;

/** Tells whether an address as configured stays on this machine. */
public final class Loopback {
    private Loopback() {}

    /** True for loopback literals and {@code localhost}; other names count as public: no DNS. */
    public static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

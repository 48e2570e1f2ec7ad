package dev.slipgate.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What carries a client's packets, by the scheme of its URI. */
public enum CarrierScheme {
    /** Datagrams. */
    UDP(7770, false, false),
    /** A stream of packets behind length prefixes. */
    TCP(7770, false, true),
    /** The same in TLS 1.3. */
    TLS(7774, true, true),
    /** Binary WebSocket messages. */
    WS(7771, false, true),
    /** The same in TLS 1.3. */
    WSS(7775, true, true),
    /** A gateway in the same process. */
    MEM(-1, false, false);

    private final int defaultPort;
    private final boolean tls;
    private final boolean stream;

    CarrierScheme(int defaultPort, boolean tls, boolean stream) {
        this.defaultPort = defaultPort;
        this.tls = tls;
        this.stream = stream;
    }

    /** The port of a URI that names none; -1 where there are no ports. */
    public int defaultPort() {
        return defaultPort;
    }

    /** Whether it runs in TLS. */
    public boolean tls() {
        return tls;
    }

    /** Whether it is a stream from a socket. */
    public boolean stream() {
        return stream;
    }

    /** Whether packets are WebSocket messages. */
    public boolean webSocket() {
        return this == WS || this == WSS;
    }

    /** As in a URI. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable CarrierScheme of(String text) {
        for (CarrierScheme scheme : values()) {
            if (scheme.text().equals(text.toLowerCase(Locale.ROOT))) {
                return scheme;
            }
        }
        return null;
    }

    static String all() {
        return Arrays.stream(values())
                .map(scheme -> scheme.text() + "://")
                .collect(Collectors.joining(" "));
    }
}

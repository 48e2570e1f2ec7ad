package dev.slipgate.gateway.stream;

import java.util.Locale;

/** The streams that packets may take. */
public enum StreamKind {
    /** A length before each packet. */
    TCP(false, false),
    /** The same inside of TLS 1.3. */
    TLS(true, false),
    /** Each packet one binary message. */
    WS(false, true),
    /** The same inside of TLS 1.3. */
    WSS(true, true);

    private final boolean sealed;
    private final boolean webSocket;

    StreamKind(boolean sealed, boolean webSocket) {
        this.sealed = sealed;
        this.webSocket = webSocket;
    }

    /** Whether it needs a certificate. */
    public boolean sealed() {
        return sealed;
    }

    /** Whether a browser can open it. */
    public boolean webSocket() {
        return webSocket;
    }

    /** The scheme of its URIs, and its name in logs and {@code /stats}. */
    public String scheme() {
        return name().toLowerCase(Locale.ROOT);
    }
}

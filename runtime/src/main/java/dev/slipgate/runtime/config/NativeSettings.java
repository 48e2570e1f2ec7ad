package dev.slipgate.runtime.config;

import java.util.List;

/**
 * The gateway's listeners for the native protocol.
 *
 * @param enabled whether it is spoken, given a key
 * @param host an address to listen on, or {@code *}
 * @param ports where each carrier is
 * @param tls the certificate of the sealed streams
 * @param wsOrigins origins of web pages that may open a WebSocket, besides those of the same host
 * @param maxSessions of the process, per kind of carrier (datagrams, streams)
 * @param handshakesPerSecond computed by the process
 * @param handshakesPerHost per second from one host, by each event loop; 0 for no limit
 * @param handshakesPending begun and not proven, above which strangers are not answered
 * @param cookieThreshold handshakes begun per second above which clients by UDP must first show
 *     that they have their address
 * @param idleTimeoutMs silence that ends a session, unless the client wants less
 * @param maxMessageBytes the largest message, either way
 * @param sendQueueBytes what may wait to be sent to one client
 * @param maxConnections streams of the process
 * @param maxConnectionsPerHost streams of one host
 */
public record NativeSettings(
        boolean enabled,
        String host,
        NativePorts ports,
        TlsSettings tls,
        List<String> wsOrigins,
        int maxSessions,
        int handshakesPerSecond,
        int handshakesPerHost,
        int handshakesPending,
        int cookieThreshold,
        int idleTimeoutMs,
        int maxMessageBytes,
        int sendQueueBytes,
        int maxConnections,
        int maxConnectionsPerHost) {

    static final String PREFIX = "gateway.slipgate.";

    /** What a message costs of the credit besides its length; docs/wire-protocol.md, FLOW. */
    static final int MESSAGE_COST_BYTES = 64;

    static NativeSettings read(KeyReader in) {
        return new NativeSettings(
                in.flag(
                        PREFIX + "enabled",
                        true,
                        "Whether the native protocol is spoken at all, if there is a key for it:"
                                + " gateway.key-files."),
                in.text(
                        PREFIX + "host",
                        MpGameServerSettings.ANY_HOST,
                        "The address that its listeners are on. *: all of this machine."),
                NativePorts.read(in),
                TlsSettings.read(in),
                in.texts(
                        "gateway.ws-origins",
                        "Origins of web pages that may connect by WebSocket, such as"
                                + " https://game.example.com, besides pages of the gateway's own"
                                + " host. *: all."),
                in.integer(
                        PREFIX + "max-sessions",
                        50_000,
                        1,
                        10_000_000,
                        "Sessions of this process by UDP, and as many by streams; above it"
                                + " handshakes are answered with server full."),
                in.integer(
                        PREFIX + "handshakes-per-second",
                        1000,
                        1,
                        1_000_000,
                        "Handshakes computed per second, by UDP and as many by streams; above it"
                                + " strangers wait or are not answered."),
                in.integer(
                        PREFIX + "handshakes-per-host",
                        100,
                        0,
                        1_000_000,
                        "Handshakes begun per second from one host, by each event loop; above it"
                                + " that host is not answered. 0: no limit."),
                in.integer(
                        PREFIX + "handshakes-pending",
                        1024,
                        1,
                        1_000_000,
                        "Handshakes begun and not proven; above it strangers are not answered."),
                in.integer(
                        PREFIX + "cookie-threshold",
                        200,
                        0,
                        1_000_000,
                        "Handshakes begun per second above which clients by UDP need a cookie: one"
                                + " more round trip, and no work for forged addresses."),
                in.integer(
                        PREFIX + "idle-timeout-ms",
                        30_000,
                        1000,
                        600_000,
                        "A client silent for so long is gone; a client may ask for less."),
                in.integer(
                        PREFIX + "max-message-bytes",
                        256 * 1024,
                        1024,
                        16 << 20,
                        "The largest message, either way."),
                in.integer(
                        PREFIX + "send-queue-bytes",
                        4 * 1024 * 1024,
                        1024,
                        1 << 30,
                        "Bytes that may wait to be sent to one client or acknowledged by it; at"
                                + " least gateway.down-bytes-per-connection."),
                in.integer(
                        PREFIX + "max-connections",
                        50_000,
                        1,
                        10_000_000,
                        "Connections of this process by TCP, TLS and WebSocket together."),
                in.integer(
                        PREFIX + "max-connections-per-host",
                        1000,
                        1,
                        10_000_000,
                        "The same of one IPv4 address or IPv6 /64 network."));
    }
}

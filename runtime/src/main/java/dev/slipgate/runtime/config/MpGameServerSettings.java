package dev.slipgate.runtime.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's listener for unmodified mpgameserver clients.
 *
 * @param enabled whether it listens, given a key
 * @param host an address, or {@link #ANY_HOST}
 * @param port UDP, 0 for any free one
 * @param rootKeyFile the root key pair as {@code mpcli genkey} writes it; null when {@code
 *     rootKeyPem} has it or none is set
 * @param rootKeyPem the same, as the text itself
 * @param mtuBytes of the path, IP header included
 * @param maxSessions of the process
 * @param handshakesPerSecond of one IP address and event loop, above which it is not answered
 * @param handshakesPending half-open ones, above which strangers are not answered
 * @param sessionTimeoutMs silence that ends a session
 * @param keepAliveMs silence after which we send
 * @param packetsPerSecond the most that one client is sent
 * @param maxMessageBytes the largest message, either way
 */
public record MpGameServerSettings(
        boolean enabled,
        String host,
        int port,
        @Nullable Path rootKeyFile,
        @Nullable Secret rootKeyPem,
        int mtuBytes,
        int maxSessions,
        int handshakesPerSecond,
        int handshakesPending,
        int sessionTimeoutMs,
        int keepAliveMs,
        int packetsPerSecond,
        int maxMessageBytes) {

    /** A socket for each local address, IPv4 and IPv6, so that replies leave from where asked. */
    public static final String ANY_HOST = "*";

    private static final String PREFIX = "gateway.mpgameserver.";

    static MpGameServerSettings read(KeyReader in) {
        MpGameServerSettings read =
                new MpGameServerSettings(
                        in.flag(
                                PREFIX + "enabled",
                                true,
                                "Whether to listen for mpgameserver clients, if there is a root"
                                        + " key."),
                        in.text(
                                PREFIX + "host",
                                ANY_HOST,
                                "The address to listen on. *: a socket for each local address, IPv4"
                                        + " and IPv6."),
                        in.integer(PREFIX + "port", 7772, 0, 65535, "Its UDP port; never moves."),
                        in.fileOrNull(
                                PREFIX + "root-key",
                                "The root key file that slipgate keygen or mpcli genkey made; the"
                                        + " clients pin its public half. dev makes its own."),
                        in.secretOrNull(
                                PREFIX + "root-key-pem",
                                "The text of that file, in place of it, for containers that hold"
                                        + " secrets in their environment."),
                        in.integer(
                                PREFIX + "mtu",
                                1500,
                                576,
                                1500,
                                "MTU of the path to clients in bytes. Clients must be set to the"
                                        + " same: it sizes the handshake's padding."),
                        in.integer(
                                PREFIX + "max-sessions",
                                10_000,
                                1,
                                1_000_000,
                                "Sessions of this process; above it handshakes are refused."),
                        in.integer(
                                PREFIX + "handshakes-per-second",
                                1000,
                                1,
                                1_000_000,
                                "Handshakes begun per second from one IP address, by each event"
                                        + " loop; above it that address is not answered."),
                        in.integer(
                                PREFIX + "handshakes-pending",
                                1024,
                                1,
                                1_000_000,
                                "Handshakes begun and not proven; above it strangers are not"
                                        + " answered."),
                        in.integer(
                                PREFIX + "session-timeout-ms",
                                5000,
                                100,
                                600_000,
                                "A client silent for so long is gone."),
                        in.integer(
                                PREFIX + "keep-alive-ms",
                                100,
                                10,
                                4000,
                                "How long we are silent before we send a keep-alive; the client"
                                        + " gives up after 5000."),
                        in.integer(
                                PREFIX + "packets-per-second",
                                60,
                                1,
                                1_000_000,
                                "Packets sent to one client per second at most: it reads one per"
                                        + " frame."),
                        in.integer(
                                PREFIX + "max-message-bytes",
                                256 * 1024,
                                1024,
                                8 << 20,
                                "The largest message, either way."));
        in.require(
                read.rootKeyFile == null || read.rootKeyPem == null,
                PREFIX + "root-key-pem",
                "set this or " + PREFIX + "root-key, not both");
        in.require(
                read.keepAliveMs < read.sessionTimeoutMs,
                PREFIX + "keep-alive-ms",
                "give less than " + PREFIX + "session-timeout-ms");
        return read;
    }
}

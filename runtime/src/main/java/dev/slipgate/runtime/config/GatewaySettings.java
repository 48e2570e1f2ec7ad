package dev.slipgate.runtime.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway process.
 *
 * @param name what operators call it; null for one made of host name and process id
 * @param eventLoops sockets and lanes, 0 for one per core
 * @param handshakeThreads threads for costly crypto, 0 for one per core
 * @param crypto the provider of AES-GCM, P-256 and X25519
 * @param keyFiles the gateway keys of the native protocol, the announced one first; may be empty
 * @param transport how datagrams are read and written
 * @param slipgate the listeners for the native protocol
 * @param mpgameserver the listener for mpgameserver clients
 * @param holdBytesPerConnection kept for one client until a node's delivery ack
 * @param holdBytesPerLane the same for all clients of a lane together
 * @param downBytesPerConnection credit of nodes towards one client
 * @param placementTimeoutMs how long a client waits when no node takes connections
 * @param qualityIntervalMs how often nodes are told a connection's latency
 */
public record GatewaySettings(
        @Nullable String name,
        int eventLoops,
        int handshakeThreads,
        CryptoChoice crypto,
        List<Path> keyFiles,
        TransportChoice transport,
        NativeSettings slipgate,
        MpGameServerSettings mpgameserver,
        int holdBytesPerConnection,
        long holdBytesPerLane,
        int downBytesPerConnection,
        int placementTimeoutMs,
        int qualityIntervalMs) {

    /** Which crypto provider seals packets. */
    public enum CryptoChoice {
        /** The native one where it loads, else the JDK's. */
        AUTO,
        /** Amazon Corretto Crypto Provider or nothing. */
        ACCP,
        /** The JDK's own. */
        JDK
    }

    /** Which channel carries datagrams. */
    public enum TransportChoice {
        /** Epoll where it loads, else NIO. */
        AUTO,
        /** Netty's native epoll channel or nothing. */
        EPOLL,
        /** The JDK's own, everywhere. */
        NIO
    }

    static GatewaySettings read(KeyReader in) {
        GatewaySettings read =
                new GatewaySettings(
                        in.textOrNull(
                                "gateway.name",
                                "What operators call it, unique among gateways. Unset: made of host"
                                        + " name and process id."),
                        in.integer(
                                "gateway.event-loops",
                                0,
                                0,
                                256,
                                "Event loops, each with its sockets and its lane. 0: one per"
                                        + " core."),
                        in.integer(
                                "gateway.handshake-threads",
                                0,
                                0,
                                256,
                                "Threads for the costly part of handshakes. 0: one per two cores."),
                        in.choice(
                                "gateway.crypto",
                                CryptoChoice.AUTO,
                                "Crypto provider: accp is native, with Conscrypt for X25519, jdk"
                                        + " runs everywhere, auto takes"
                                        + " the first of them that loads."),
                        in.files(
                                "gateway.key-files",
                                "The private keys of the native protocol, as slipgate keygen makes"
                                        + " them; clients pin the public half. Gateways of a"
                                        + " cluster share them. Several while keys are changed: the"
                                        + " first is announced, all are accepted. dev makes its"
                                        + " own."),
                        in.choice(
                                "gateway.transport",
                                TransportChoice.AUTO,
                                "How datagrams are read: epoll is native, nio runs everywhere, auto"
                                        + " takes the first of them that loads."),
                        NativeSettings.read(in),
                        MpGameServerSettings.read(in),
                        in.integer(
                                "gateway.hold-bytes-per-connection",
                                1024 * 1024,
                                1024,
                                1 << 30,
                                "Bytes kept for one client until a node has handled them; at least"
                                        + " the largest message. Full: its packets are not"
                                        + " acknowledged."),
                        in.number(
                                "gateway.hold-bytes-per-lane",
                                128L << 20,
                                1024,
                                1L << 40,
                                "The same for all clients of an event loop together."),
                        in.integer(
                                "gateway.down-bytes-per-connection",
                                2 * 1024 * 1024,
                                1024,
                                1 << 30,
                                "Bytes that nodes may send towards one client ahead of its acks; at"
                                        + " least node.unit-bytes."),
                        in.integer(
                                "gateway.placement-timeout-ms",
                                5000,
                                1,
                                600_000,
                                "How long a client waits when no node takes connections, before it"
                                        + " is closed."),
                        in.integer(
                                "gateway.quality-interval-ms",
                                1000,
                                10,
                                600_000,
                                "How often nodes are told a connection's latency and statistics"
                                        + " while they change."));
        in.require(
                read.holdBytesPerConnection >= read.mpgameserver.maxMessageBytes(),
                "gateway.hold-bytes-per-connection",
                "give at least gateway.mpgameserver.max-message-bytes");
        in.require(
                read.holdBytesPerConnection
                        >= read.slipgate.maxMessageBytes() + NativeSettings.MESSAGE_COST_BYTES,
                "gateway.hold-bytes-per-connection",
                "give at least gateway.slipgate.max-message-bytes and "
                        + NativeSettings.MESSAGE_COST_BYTES
                        + " more");
        in.require(
                read.slipgate.sendQueueBytes() >= read.downBytesPerConnection,
                "gateway.slipgate.send-queue-bytes",
                "give at least gateway.down-bytes-per-connection");
        in.require(
                read.holdBytesPerLane >= read.holdBytesPerConnection,
                "gateway.hold-bytes-per-lane",
                "give at least gateway.hold-bytes-per-connection");
        return read;
    }
}

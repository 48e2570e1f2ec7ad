package dev.slipgate.benchmarks.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * What a chain is for.
 *
 * @param strict whether the gateway's bounds on strangers are those of its defaults; else they and
 *     its pacing are lifted as far as they go
 * @param jvmFlags of the gateway
 */
public record ChainConfig(Protocol protocol, boolean strict, List<String> jvmFlags) {
    /** Handshakes that a strict gateway computes per second: its default. */
    public static final int STRICT_HANDSHAKES_PER_SECOND = 1000;

    private static final int LIFTED = 1_000_000;

    /** Nothing in the way of the load. */
    public static ChainConfig lifted(Protocol protocol) {
        return new ChainConfig(protocol, false, List.of());
    }

    /**
     * The same, and a gateway whose memory tells what its sessions are: room for young objects,
     * that would grow with the garbage of handshakes, is always the same.
     */
    public static ChainConfig forMemory(Protocol protocol) {
        return new ChainConfig(protocol, false, List.of("-Xmn64m"));
    }

    /** As an operator has it who sets nothing. */
    public static ChainConfig strict(Protocol protocol) {
        return new ChainConfig(protocol, true, List.of());
    }

    /** The gateway's settings, {@code key=value}. */
    List<String> gatewaySettings(String host, int port, String privateKey) {
        var settings = new ArrayList<>(List.of("gateway.event-loops=1"));
        settings.addAll(
                switch (protocol) {
                    case SLIPGATE -> slipgate(host, port, privateKey);
                    case MPGAMESERVER -> mpGameServer(host, port, privateKey);
                });
        return settings;
    }

    private List<String> slipgate(String host, int port, String privateKey) {
        var settings =
                new ArrayList<>(
                        List.of(
                                "gateway.mpgameserver.enabled=false",
                                "gateway.key-files=" + privateKey,
                                "gateway.slipgate.host=" + host,
                                "gateway.slipgate.udp-port=" + port,
                                "gateway.slipgate.tcp=false",
                                "gateway.slipgate.ws=false",
                                "gateway.slipgate.tls=false",
                                "gateway.slipgate.wss=false"));
        if (strict) {
            settings.add("gateway.slipgate.handshakes-per-second=" + STRICT_HANDSHAKES_PER_SECOND);
        } else {
            settings.addAll(
                    List.of(
                            "gateway.slipgate.handshakes-per-second=" + LIFTED,
                            "gateway.slipgate.handshakes-per-host=0",
                            "gateway.slipgate.cookie-threshold=" + LIFTED,
                            "gateway.slipgate.max-sessions=" + LIFTED));
        }
        return settings;
    }

    private List<String> mpGameServer(String host, int port, String privateKey) {
        var settings =
                new ArrayList<>(
                        List.of(
                                "gateway.slipgate.enabled=false",
                                "gateway.mpgameserver.host=" + host,
                                "gateway.mpgameserver.port=" + port,
                                "gateway.mpgameserver.root-key=" + privateKey));
        if (!strict) {
            settings.addAll(
                    List.of(
                            "gateway.mpgameserver.handshakes-per-second=" + LIFTED,
                            "gateway.mpgameserver.max-sessions=" + LIFTED,
                            "gateway.mpgameserver.packets-per-second=" + LIFTED));
        }
        return settings;
    }
}

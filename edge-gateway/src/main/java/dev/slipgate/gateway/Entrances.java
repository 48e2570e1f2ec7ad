package dev.slipgate.gateway;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.mpgameserver.MpGameServerEndpoints;
import dev.slipgate.gateway.slipgate.SlipgateEndpoints;
import dev.slipgate.gateway.stream.OriginCheck;
import dev.slipgate.gateway.stream.ServerTls;
import dev.slipgate.gateway.stream.StreamKind;
import dev.slipgate.gateway.stream.StreamOptions;
import dev.slipgate.gateway.stream.StreamPort;
import dev.slipgate.gateway.udp.UdpOptions;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.config.NativePorts;
import dev.slipgate.runtime.config.NativeSettings;
import dev.slipgate.runtime.lifecycle.StartFailure;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entrances that settings ask for, as far as there are keys and certificates for them. */
public final class Entrances {
    private final GatewaySettings settings;
    private final GatewayCredentials credentials;
    private final Crypto crypto;
    private final List<Entrance> made = new ArrayList<>();

    private Entrances(GatewaySettings settings, GatewayCredentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
        this.crypto = crypto(settings);
    }

    /**
     * Chooses the crypto provider, which may take 200 ms, and reads the certificate; not for event
     * loops.
     *
     * @return at least one, native ones first
     * @throws StartFailure when a setting is beyond what can be done here, or all are switched off
     */
    public static List<Entrance> of(GatewaySettings settings, GatewayCredentials credentials) {
        var entrances = new Entrances(settings, credentials);
        if (settings.slipgate().enabled() && credentials.keys() != null) {
            entrances.addNative(credentials.keys());
        }
        if (settings.mpgameserver().enabled() && credentials.rootKey() != null) {
            entrances.addMpGameServer();
        }
        if (entrances.made.isEmpty()) {
            throw new StartFailure(
                    "every listener is switched off or lacks its key",
                    "see gateway.slipgate and gateway.mpgameserver in slipgate config");
        }
        return List.copyOf(entrances.made);
    }

    /**
     * Entrances for native clients in the same process, one for each mode; beside those of {@link
     * #of}.
     *
     * @param name under which clients find them: {@code mem://NAME}
     * @throws StartFailure as there
     */
    public static List<Entrance> inMemory(
            GatewaySettings settings,
            GatewayCredentials credentials,
            MemoryNetwork network,
            String name) {
        var entrances = new Entrances(settings, credentials);
        GatewayKeys keys = Objects.requireNonNull(credentials.keys());
        for (MemoryMode mode : MemoryMode.values()) {
            CarrierKind kind =
                    mode == MemoryMode.STREAM ? CarrierKind.STREAM : CarrierKind.DATAGRAM;
            entrances.made.add(
                    new Entrance.Memory(
                            entrances.endpoints(kind, keys),
                            network,
                            name,
                            mode,
                            keys.announced().publicKey().bytes()));
        }
        return List.copyOf(entrances.made);
    }

    private static Crypto crypto(GatewaySettings settings) {
        try {
            return CryptoProviders.select(settings.crypto().name().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), "set gateway.crypto", e);
        }
    }

    private void addMpGameServer() {
        MpGameServerSettings dialect = settings.mpgameserver();
        UdpOptions defaults = UdpOptions.defaults();
        made.add(
                new Entrance.Datagrams(
                        "mpgameserver",
                        MpGameServerEndpoints.of(
                                settings, crypto, Objects.requireNonNull(credentials.rootKey())),
                        ListenSpec.of(dialect.host(), dialect.port(), "gateway.mpgameserver.port"),
                        // The MTU counts the headers too: a datagram above what the endpoint takes
                        // is seen.
                        new UdpOptions(
                                defaults.receiveBufferBytes(),
                                defaults.sendBufferBytes(),
                                Math.max(defaults.maxDatagramBytes(), dialect.mtuBytes()))));
    }

    private void addNative(GatewayKeys keys) {
        NativePorts.Port udp = settings.slipgate().ports().udp();
        if (udp.enabled()) {
            made.add(
                    new Entrance.Datagrams(
                            "udp",
                            endpoints(CarrierKind.DATAGRAM, keys),
                            listen("udp", udp),
                            UdpOptions.defaults()));
        }
        List<StreamPort> streams = streams();
        if (!streams.isEmpty()) {
            NativeSettings slipgate = settings.slipgate();
            made.add(
                    new Entrance.Streams(
                            endpoints(CarrierKind.STREAM, keys),
                            streams,
                            StreamOptions.defaults()
                                    .withCaps(
                                            slipgate.maxConnections(),
                                            slipgate.maxConnectionsPerHost())));
        }
    }

    private EndpointFactory endpoints(CarrierKind kind, GatewayKeys keys) {
        return new SlipgateEndpoints(settings, kind, crypto, keys, credentials.verifier());
    }

    private List<StreamPort> streams() {
        NativePorts ports = settings.slipgate().ports();
        Map<StreamKind, NativePorts.Port> byKind = new EnumMap<>(StreamKind.class);
        byKind.put(StreamKind.TCP, ports.tcp());
        byKind.put(StreamKind.TLS, ports.tls());
        byKind.put(StreamKind.WS, ports.ws());
        byKind.put(StreamKind.WSS, ports.wss());
        byKind.values().removeIf(port -> !port.enabled());
        if (credentials.certificate() == null) {
            byKind.keySet().removeIf(StreamKind::sealed);
        }
        SslContext tls = byKind.keySet().stream().anyMatch(StreamKind::sealed) ? tls() : null;
        OriginCheck origins = OriginCheck.allowing(settings.slipgate().wsOrigins());
        return byKind.entrySet().stream()
                .map(
                        port ->
                                new StreamPort(
                                        port.getKey(),
                                        listen(port.getKey().scheme(), port.getValue()),
                                        port.getKey().sealed() ? tls : null,
                                        origins))
                .toList();
    }

    private @Nullable SslContext tls() {
        var files = credentials.certificate();
        return files == null ? null : ServerTls.load(files.certificate(), files.privateKey());
    }

    private ListenSpec listen(String name, NativePorts.Port port) {
        return ListenSpec.of(
                settings.slipgate().host(), port.number(), "gateway.slipgate." + name + "-port");
    }
}

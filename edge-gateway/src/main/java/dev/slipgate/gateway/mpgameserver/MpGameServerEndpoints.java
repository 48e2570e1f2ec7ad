package dev.slipgate.gateway.mpgameserver;

import dev.slipgate.gateway.EndpointFactory;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoWarmUp;
import dev.slipgate.protocol.mpgameserver.MpServerConfig;
import dev.slipgate.protocol.mpgameserver.MpServerEndpoint;
import dev.slipgate.protocol.mpgameserver.SessionSettings;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;

/** Makes endpoints that speak mpgameserver. */
public final class MpGameServerEndpoints implements EndpointFactory {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final GatewaySettings settings;
    private final Crypto crypto;
    private final KeyPair rootKey;

    private MpGameServerEndpoints(GatewaySettings settings, Crypto crypto, KeyPair rootKey) {
        this.settings = settings;
        this.crypto = crypto;
        this.rootKey = rootKey;
    }

    /**
     * @throws StartFailure when a setting is beyond what the dialect can do
     */
    public static MpGameServerEndpoints of(
            GatewaySettings settings, Crypto crypto, KeyPair rootKey) {
        var endpoints = new MpGameServerEndpoints(settings, crypto, rootKey);
        try {
            endpoints.config(1);
        } catch (IllegalArgumentException beyond) {
            throw new StartFailure(
                    "gateway.mpgameserver: " + beyond.getMessage(), "set it within that", beyond);
        }
        return endpoints;
    }

    @Override
    public Endpoint create(Parts parts) {
        return new MpServerEndpoint(
                config(parts.loops()),
                crypto,
                rootKey.getPrivate(),
                rootKey.getPublic().getEncoded(),
                parts.random(),
                parts.listener(),
                parts.drops(),
                parts.pool(),
                parts.epochAtZeroNs(),
                parts.loopIndex());
    }

    @Override
    public String crypto() {
        return crypto.name();
    }

    @Override
    public void warmUp() {
        CryptoWarmUp.run(crypto, System::nanoTime);
    }

    /** What is a bound of the process is dealt out to its loops, rounded up. */
    private MpServerConfig config(int loops) {
        MpGameServerSettings dialect = settings.mpgameserver();
        MpServerConfig defaults = MpServerConfig.defaults();
        return new MpServerConfig(
                session(dialect),
                Math.ceilDiv(dialect.maxSessions(), loops),
                Math.ceilDiv(dialect.handshakesPending(), loops),
                Math.ceilDiv(defaults.maxHandshakeJobs(), loops),
                defaults.handshakeTimeoutNs(),
                dialect.handshakesPerSecond(),
                dialect.handshakesPerSecond(),
                defaults.maxHosts());
    }

    private SessionSettings session(MpGameServerSettings dialect) {
        SessionSettings defaults = SessionSettings.serverDefaults();
        int maxMessageBytes = dialect.maxMessageBytes();
        return new SessionSettings(
                dialect.mtuBytes(),
                SECOND_NS / dialect.packetsPerSecond(),
                TimeUnit.MILLISECONDS.toNanos(dialect.keepAliveMs()),
                defaults.ackDelayNs(),
                defaults.peerAckDelayNs(),
                TimeUnit.MILLISECONDS.toNanos(dialect.sessionTimeoutMs()),
                defaults.messageTimeoutNs(),
                maxMessageBytes,
                // All that nodes may send ahead must find room.
                Math.max(settings.downBytesPerConnection(), maxMessageBytes),
                defaults.maxQueuedUnreliable(),
                defaults.maxReassemblies(),
                Math.max(defaults.maxReassemblyBytes(), maxMessageBytes),
                defaults.contiguousFragments());
    }
}

package dev.slipgate.gateway;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.CryptoWarmUp;
import dev.slipgate.protocol.mpgameserver.MpServerConfig;
import dev.slipgate.protocol.mpgameserver.MpServerEndpoint;
import dev.slipgate.protocol.mpgameserver.SessionSettings;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.security.KeyPair;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Endpoints that unmodified mpgameserver clients connect to. */
public final class MpGameServerDialect implements EndpointFactory {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final MpGameServerSettings settings;
    private final Crypto crypto;
    private final KeyPair rootKey;

    private MpGameServerDialect(MpGameServerSettings settings, Crypto crypto, KeyPair rootKey) {
        this.settings = settings;
        this.crypto = crypto;
        this.rootKey = rootKey;
    }

    /**
     * The dialect as configured. Reads the root key and loads the crypto provider, which may take
     * some 200 ms.
     *
     * @throws StartFailure when either cannot be had, or the settings are beyond the dialect
     */
    public static MpGameServerDialect of(GatewaySettings settings) {
        KeyPair rootKey = RootKey.read(settings.mpgameserver());
        Crypto crypto;
        try {
            crypto = CryptoProviders.select(settings.crypto().name().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException missing) {
            throw new StartFailure(
                    "gateway.crypto cannot be had", String.valueOf(missing.getMessage()), missing);
        }
        var dialect = new MpGameServerDialect(settings.mpgameserver(), crypto, rootKey);
        try {
            dialect.config(1);
        } catch (IllegalArgumentException beyond) {
            throw new StartFailure(
                    "gateway.mpgameserver." + beyond.getMessage(),
                    "set it within these bounds",
                    beyond);
        }
        return dialect;
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

    /** A loop's share of the bounds that the process has as a whole. */
    private MpServerConfig config(int loops) {
        MpServerConfig defaults = MpServerConfig.defaults();
        return new MpServerConfig(
                session(),
                Math.ceilDiv(settings.maxSessions(), loops),
                Math.ceilDiv(settings.handshakesPending(), loops),
                defaults.maxHandshakeJobs(),
                defaults.handshakeTimeoutNs(),
                Math.ceilDiv(settings.handshakesPerSecond(), loops),
                defaults.handshakeBurstPerHost(),
                defaults.maxHosts());
    }

    private SessionSettings session() {
        SessionSettings defaults = SessionSettings.serverDefaults();
        return new SessionSettings(
                settings.mtuBytes(),
                SECOND_NS / settings.packetsPerSecond(),
                TimeUnit.MILLISECONDS.toNanos(settings.keepAliveMs()),
                defaults.ackDelayNs(),
                defaults.peerAckDelayNs(),
                TimeUnit.MILLISECONDS.toNanos(settings.sessionTimeoutMs()),
                defaults.messageTimeoutNs(),
                settings.maxMessageBytes(),
                Math.max(defaults.maxQueueBytes(), settings.maxMessageBytes()),
                defaults.maxQueuedUnreliable(),
                defaults.maxReassemblies(),
                Math.max(defaults.maxReassemblyBytes(), settings.maxMessageBytes()),
                defaults.contiguousFragments());
    }
}

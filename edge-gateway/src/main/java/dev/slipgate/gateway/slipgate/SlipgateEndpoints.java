package dev.slipgate.gateway.slipgate;

import dev.slipgate.gateway.EndpointFactory;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoWarmUp;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.SlipgateServerConfig;
import dev.slipgate.protocol.slipgate.SlipgateServerEndpoint;
import dev.slipgate.protocol.slipgate.SlipgateSettings;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.NativeSettings;
import dev.slipgate.runtime.lifecycle.ProcessName;
import java.security.SecureRandom;

/** Makes endpoints that speak the native protocol over one kind of carrier. */
public final class SlipgateEndpoints implements EndpointFactory {
    private static final int SECRET_BYTES = 32;

    /** What comes at once may be this part of what comes in a second. */
    private static final int BURST_SHARE = 5;

    private final GatewaySettings settings;
    private final CarrierKind kind;
    private final Crypto crypto;
    private final GatewayKeys keys;
    private final TokenVerifier verifier;
    private final byte[] cookieSecret = new byte[SECRET_BYTES];

    /**
     * @param keys that clients pin
     * @param verifier says who a client is
     */
    public SlipgateEndpoints(
            GatewaySettings settings,
            CarrierKind kind,
            Crypto crypto,
            GatewayKeys keys,
            TokenVerifier verifier) {
        this.settings = settings;
        this.kind = kind;
        this.crypto = crypto;
        this.keys = keys;
        this.verifier = verifier;
        new SecureRandom().nextBytes(cookieSecret);
    }

    @Override
    public Endpoint create(Parts parts) {
        return new SlipgateServerEndpoint(
                config(settings, parts.loops()),
                kind,
                crypto,
                keys,
                ProcessName.of(settings.name()),
                verifier,
                parts.random(),
                parts.listener(),
                parts.drops(),
                parts.pool(),
                parts.epochAtZeroNs(),
                parts.loopIndex(),
                cookieSecret);
    }

    @Override
    public int loopOf(byte[] bytes, int offset, int length) {
        return SlipgateServerEndpoint.loopOf(bytes, offset, length);
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
    static SlipgateServerConfig config(GatewaySettings settings, int loops) {
        NativeSettings slipgate = settings.slipgate();
        return SlipgateServerConfig.defaults()
                .withSession(
                        SlipgateSettings.defaults().withSendQueueBytes(slipgate.sendQueueBytes()))
                .withOffer(
                        new Offer(
                                CarrierKind.MAX_STREAM_PACKET_BYTES,
                                slipgate.idleTimeoutMs(),
                                settings.holdBytesPerConnection(),
                                slipgate.maxMessageBytes()))
                .withHandshakes(handshakes(slipgate, loops))
                .withMaxSessions(Math.ceilDiv(slipgate.maxSessions(), loops));
    }

    private static HandshakeLimits handshakes(NativeSettings slipgate, int loops) {
        HandshakeLimits defaults = HandshakeLimits.defaults();
        int computed = Math.ceilDiv(slipgate.handshakesPerSecond(), loops);
        int ofHost = slipgate.handshakesPerHost();
        return defaults.withComputed(computed, Math.ceilDiv(computed, BURST_SHARE))
                .withMax(
                        Math.ceilDiv(slipgate.handshakesPending(), loops),
                        Math.ceilDiv(defaults.maxJobs(), loops))
                .withCookieThreshold(Math.ceilDiv(slipgate.cookieThreshold(), loops))
                .withHostRate(ofHost, Math.max(defaults.burstPerHost(), ofHost));
    }
}

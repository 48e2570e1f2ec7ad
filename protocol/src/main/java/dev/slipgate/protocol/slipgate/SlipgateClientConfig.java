package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.slipgate.handshake.Offer;

/**
 * Bounds of a client endpoint.
 *
 * @param session of its session
 * @param offer what the client takes
 * @param connectTimeoutNs when to give up the handshake
 */
public record SlipgateClientConfig(SlipgateSettings session, Offer offer, long connectTimeoutNs) {
    /**
     * @throws IllegalArgumentException when the credit does not admit the largest message, or there
     *     is no time to connect
     */
    public SlipgateClientConfig {
        Negotiation.requireCredit(offer);
        if (connectTimeoutNs < 1) {
            throw new IllegalArgumentException(
                    "connectTimeoutNs is " + connectTimeoutNs + ", not 1 or more");
        }
    }

    /** 10 s to connect. */
    public static SlipgateClientConfig defaults() {
        return new SlipgateClientConfig(
                SlipgateSettings.defaults(), Offer.defaults(), 10_000_000_000L);
    }

    public SlipgateClientConfig withSession(SlipgateSettings value) {
        return new SlipgateClientConfig(value, offer, connectTimeoutNs);
    }

    public SlipgateClientConfig withOffer(Offer value) {
        return new SlipgateClientConfig(session, value, connectTimeoutNs);
    }

    public SlipgateClientConfig withConnectTimeoutNs(long value) {
        return new SlipgateClientConfig(session, offer, value);
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import dev.slipgate.protocol.slipgate.handshake.Offer;

/**
 * Bounds of a gateway's endpoint.
 *
 * @param session of each session
 * @param offer what the gateway takes
 * @param handshakes what strangers may cost
 * @param maxSessions live sessions
 * @param maxTokenJobs tokens that are being verified at once; more wait
 * @param retryAfterMs what those are told for whom there is no room
 */
public record SlipgateServerConfig(
        SlipgateSettings session,
        Offer offer,
        HandshakeLimits handshakes,
        int maxSessions,
        int maxTokenJobs,
        int retryAfterMs) {
    /**
     * @throws IllegalArgumentException when the credit does not admit the largest message, or a
     *     bound is not 1 or more
     */
    public SlipgateServerConfig {
        Negotiation.requireCredit(offer);
        require("maxSessions", maxSessions, 1);
        require("maxTokenJobs", maxTokenJobs, 1);
        require("retryAfterMs", retryAfterMs, 0);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not " + least + " or more");
        }
    }

    /** 100,000 sessions, 64 tokens at once, try again in 5 s. */
    public static SlipgateServerConfig defaults() {
        return new SlipgateServerConfig(
                SlipgateSettings.defaults(),
                Offer.defaults(),
                HandshakeLimits.defaults(),
                100_000,
                64,
                5_000);
    }

    public SlipgateServerConfig withSession(SlipgateSettings value) {
        return new SlipgateServerConfig(
                value, offer, handshakes, maxSessions, maxTokenJobs, retryAfterMs);
    }

    public SlipgateServerConfig withOffer(Offer value) {
        return new SlipgateServerConfig(
                session, value, handshakes, maxSessions, maxTokenJobs, retryAfterMs);
    }

    public SlipgateServerConfig withHandshakes(HandshakeLimits value) {
        return new SlipgateServerConfig(
                session, offer, value, maxSessions, maxTokenJobs, retryAfterMs);
    }

    public SlipgateServerConfig withMaxSessions(int value) {
        return new SlipgateServerConfig(
                session, offer, handshakes, value, maxTokenJobs, retryAfterMs);
    }

    public SlipgateServerConfig withMaxTokenJobs(int value) {
        return new SlipgateServerConfig(
                session, offer, handshakes, maxSessions, value, retryAfterMs);
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.slipgate.handshake.Offer;

/** What follows for a session from what both sides offered. */
final class Negotiation {
    private static final long MILLISECOND_NS = 1_000_000L;

    private Negotiation() {}

    /**
     * What holds on the side that made the offer {@code own}; both sides come to the same.
     *
     * @param theirs as the handshake brought it
     */
    static Agreed agree(CarrierKind kind, Offer own, Offer theirs) {
        int most = kind.maxPacketBytes();
        return new Agreed(
                kind,
                Math.min(theirs.largestPacketBytes(), most),
                Math.min(own.largestPacketBytes(), most),
                Math.min(own.idleTimeoutMs(), theirs.idleTimeoutMs()) * MILLISECOND_NS,
                theirs.creditBytes(),
                own.creditBytes(),
                Math.min(own.largestMessageBytes(), theirs.largestMessageBytes()),
                own.largestMessageBytes());
    }

    /**
     * @throws IllegalArgumentException when the credit is too small for the largest message to ever
     *     begin
     */
    static void requireCredit(Offer offer) {
        if (!offer.admitsLargestMessage()) {
            throw new IllegalArgumentException(
                    "credit of %d bytes, too little for a message of %d"
                            .formatted(offer.creditBytes(), offer.largestMessageBytes()));
        }
    }
}

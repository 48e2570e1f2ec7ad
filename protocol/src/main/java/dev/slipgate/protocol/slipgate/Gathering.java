package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;

/** A message that comes in FRAGMENTs. Pooled by {@link SlipgateContext}. */
final class Gathering {
    private static final byte[] NO_BYTES = {};

    int channel;
    Delivery delivery = Delivery.ORDERED;
    long number;
    byte[] bytes = NO_BYTES;
    int total;
    long beganNs;
    final ByteRanges received = new ByteRanges();

    void clear() {
        bytes = NO_BYTES;
        received.clear();
    }
}

package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import org.jspecify.annotations.Nullable;

/** Which messages came on one channel in this session, so that each is handed on once. */
final class InChannel {
    final Delivery delivery;
    private final @Nullable Positions received;
    private long newest;

    InChannel(Delivery delivery) {
        this.delivery = delivery;
        this.received = delivery.reliable() ? new Positions() : null;
    }

    /** Whether a message with this number is to be handed on. */
    boolean isNew(long number) {
        if (received != null) {
            return !received.contains(number);
        }
        return delivery == Delivery.UNRELIABLE || number > newest;
    }

    /** Whether a new number would need more memory than there may be. */
    boolean isFull(long number) {
        return received != null
                && received.rangeCount() == Positions.MAX_RANGES
                && number > received.upTo() + 1;
    }

    /** A message is whole. */
    void onWhole(long number) {
        if (received != null) {
            received.add(number);
        }
        newest = Math.max(newest, number);
    }
}

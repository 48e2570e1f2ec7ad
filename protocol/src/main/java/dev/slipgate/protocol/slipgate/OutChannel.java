package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;
import org.jspecify.annotations.Nullable;

/** What waits to be sent on one channel, in order; a link of the {@link Outbox}'s rings. */
final class OutChannel {
    final Delivery delivery;
    final int priority;
    @Nullable OutMessage head;
    private @Nullable OutMessage tail;

    /** The next channel of the ring; null when nothing waits. */
    @Nullable OutChannel nextInRing;

    OutChannel(Delivery delivery, int priority) {
        this.delivery = delivery;
        this.priority = priority;
    }

    void add(OutMessage message) {
        if (tail == null) {
            head = message;
        } else {
            tail.next = message;
        }
        tail = message;
    }

    /** Takes the first message off; there must be one. */
    OutMessage remove(OutMessage first) {
        head = first.next;
        if (head == null) {
            tail = null;
        }
        first.next = null;
        return first;
    }
}

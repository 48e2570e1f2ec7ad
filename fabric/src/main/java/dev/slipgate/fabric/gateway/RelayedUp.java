package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.memory.BytePool;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a native client on their way through the gateway, with the client's own modes and
 * numbers: held until they are written to the lane, and no longer, since the client keeps them.
 *
 * <p>Ordered ones are passed on in their order. The node's credit is for all that it has not
 * handled: early messages that used it up would keep out the one that they wait for, and all would
 * wait for ever. Here there is always room for that one, since the client's credit covers it.
 */
final class RelayedUp implements UpQueue {
    /** What waits here on unreliable channels at most, beside a single larger message. */
    static final int MAX_UNRELIABLE_BYTES = 128 * 1024;

    /** Hears of what is held here and what is not any more. */
    interface Owner {
        void onHeld(int costBytes);

        void onLeft(int costBytes, Delivery delivery);

        /** An unreliable message gave way to a newer one; {@link #onLeft} told of it as well. */
        void onOverflow();
    }

    private final ConnectionStreams arrivals;
    private final BytePool pool;
    private final Owner owner;
    private final MessageRing reliable = new MessageRing();
    private final MessageRing unreliable = new MessageRing();
    private @Nullable MessageRing selected;
    private boolean selectedIsBegun;
    private boolean reliableHadItsTurn;

    /**
     * @param maxBytes the client's credit
     */
    RelayedUp(BytePool pool, long maxBytes, Owner owner) {
        this.arrivals = new ConnectionStreams(pool, maxBytes, (_, _, _, _, _) -> {});
        this.pool = pool;
        this.owner = owner;
    }

    /** A message of the client; false when no honest one would have sent it. */
    boolean take(
            int channel, Delivery delivery, long number, byte[] bytes, int offset, int length) {
        InboundStream in = arrivals.inbound(channel, delivery);
        if (in == null) {
            return false;
        }
        int cost = MessageCost.of(length);
        InboundStream.Arrival arrival = in.arrive(number, bytes, offset, length);
        owner.onHeld(cost);
        switch (arrival) {
            case TAKEN -> {
                if (delivery.reliable() || makeRoom(cost)) {
                    byte[] copy = pool.take(length);
                    System.arraycopy(bytes, offset, copy, 0, length);
                    ring(delivery).add(channel, delivery, number, copy, length);
                }
                queueEarly(channel, in);
            }
            case HELD -> {}
            case STALE, OVERFLOW -> owner.onLeft(cost, delivery);
        }
        return arrival != InboundStream.Arrival.OVERFLOW;
    }

    private MessageRing ring(Delivery delivery) {
        return delivery.reliable() ? reliable : unreliable;
    }

    /** The oldest give way; but when the oldest is half written, the newest does. */
    private boolean makeRoom(int cost) {
        boolean oldestStays = selectedIsBegun && selected == unreliable;
        while (!unreliable.isEmpty() && unreliable.costBytes() + cost > MAX_UNRELIABLE_BYTES) {
            owner.onOverflow();
            if (oldestStays) {
                owner.onLeft(cost, Delivery.UNRELIABLE);
                return false;
            }
            remove(unreliable);
        }
        return true;
    }

    private void queueEarly(int channel, InboundStream in) {
        for (long number = in.nextEarly(); number != 0; number = in.nextEarly()) {
            int length = in.nextEarlyLength();
            reliable.add(channel, in.delivery(), number, in.takeEarly(), length);
        }
    }

    private void remove(MessageRing ring) {
        Delivery delivery = ring.delivery();
        int cost = MessageCost.of(ring.length());
        pool.give(ring.remove());
        owner.onLeft(cost, delivery);
    }

    /** Reliable and unreliable messages take turns, so that neither keeps out the other. */
    @Override
    public boolean select() {
        if (!selectedIsBegun) {
            boolean reliableFirst = unreliable.isEmpty() || !reliableHadItsTurn;
            MessageRing next = reliableFirst && !reliable.isEmpty() ? reliable : unreliable;
            selected = next.isEmpty() ? null : next;
        }
        return selected != null;
    }

    private MessageRing selected() {
        MessageRing ring = selected;
        if (ring == null) {
            throw new IllegalStateException("no message is selected");
        }
        return ring;
    }

    @Override
    public int channel() {
        return selected().channel();
    }

    @Override
    public Delivery delivery() {
        return selected().delivery();
    }

    @Override
    public long number() {
        return selected().number();
    }

    @Override
    public byte[] bytes() {
        return selected().bytes();
    }

    @Override
    public int length() {
        return selected().length();
    }

    @Override
    public void begun() {
        selectedIsBegun = true;
    }

    @Override
    public void written() {
        MessageRing ring = selected();
        selectedIsBegun = false;
        reliableHadItsTurn = ring == reliable;
        remove(ring);
    }

    @Override
    public void release() {
        selectedIsBegun = false;
        owner.onLeft((int) arrivals.earlyBytes(), Delivery.ORDERED);
        while (!reliable.isEmpty()) {
            remove(reliable);
        }
        while (!unreliable.isEmpty()) {
            remove(unreliable);
        }
        arrivals.release();
    }
}

package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.testing.check.DeliveryChecker;
import dev.slipgate.testing.check.DeliveryChecker.Order;
import dev.slipgate.testing.check.NumberedMessage;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One direction of a connection as the apps at its two ends see it: what one has sent, and what
 * came, was handled, and was told to be. Messages carry the number by which they are known here.
 */
final class Ledger {
    private static final class Channel {
        final Delivery delivery;
        final DeliveryChecker checker;
        final BitSet handled = new BitSet();
        final BitSet told = new BitSet();
        int sent;

        Channel(Delivery delivery) {
            this.delivery = delivery;
            boolean ordered = delivery == Delivery.ORDERED || delivery == Delivery.SEQUENCED;
            this.checker = new DeliveryChecker(ordered ? Order.AS_SENT : Order.ANY);
        }
    }

    private final SortedMap<Integer, Channel> channels = new TreeMap<>();
    private int reliableUnderWay;

    private Channel channel(int channel, Delivery delivery) {
        Channel known = channels.computeIfAbsent(channel, at -> new Channel(delivery));
        Broken.unless(
                known.delivery == delivery,
                "channel %d is %s, and now %s",
                channel,
                known.delivery,
                delivery);
        return known;
    }

    /** The number of the next message to be sent on a channel. */
    int nextNumber(int channel, Delivery delivery) {
        return channel(channel, delivery).sent + 1;
    }

    void sent(int channel, Delivery delivery, byte[] message) {
        Channel on = channel(channel, delivery);
        on.checker.sent(NumberedMessage.number(message), message);
        on.sent++;
        if (delivery.reliable()) {
            reliableUnderWay++;
        }
    }

    /** ORDERED once and in order, RELIABLE once, SEQUENCED never back, and nothing invented. */
    void arrived(int channel, Delivery delivery, long endsNumber, byte[] message) {
        Channel on = channel(channel, delivery);
        on.checker.arrived(message);
        if (on.checker.violationCount() > 0) {
            throw new Broken(
                    "channel %d, %s: %s".formatted(channel, delivery, on.checker.violations()));
        }
        long number = NumberedMessage.number(message);
        Broken.unless(
                !delivery.reliable() || endsNumber == number,
                "message %d came as %d",
                number,
                endsNumber);
    }

    void handled(int channel, long number) {
        channels.get(channel).handled.set((int) number);
    }

    /** The sender is told that the other app is through with a message; so it must be. */
    void told(int channel, long number) {
        Channel on = channels.get(channel);
        Broken.unless(
                on.handled.get((int) number),
                "message %d of channel %d was acknowledged before it was handled",
                number,
                channel);
        Broken.unless(
                !on.told.get((int) number),
                "message %d of channel %d was acknowledged twice",
                number,
                channel);
        on.told.set((int) number);
        reliableUnderWay--;
    }

    /** Whether everything reliable has come, was handled, and was told to be. */
    boolean settled() {
        return reliableUnderWay == 0;
    }

    /** Everything reliable has come. */
    void requireComplete() {
        for (Channel each : channels.values()) {
            Broken.unless(
                    !each.delivery.reliable() || each.checker.violationsAtEnd().isEmpty(),
                    "at the end: %s",
                    each.checker.violationsAtEnd());
        }
    }

    /** Adds what was sent and what came, by mode. */
    void addTo(Totals totals) {
        for (Channel each : channels.values()) {
            totals.addMessages(each.delivery, each.sent, each.checker.arrivals());
        }
    }

    @Override
    public String toString() {
        var text = new StringBuilder(reliableUnderWay + " reliable under way;");
        channels.forEach(
                (channel, on) ->
                        text.append(
                                " channel %d %s: %d sent, %d came, %d handled, %d told;"
                                        .formatted(
                                                channel,
                                                on.delivery,
                                                on.sent,
                                                on.checker.arrivals(),
                                                on.handled.cardinality(),
                                                on.told.cardinality())));
        return text.toString();
    }
}

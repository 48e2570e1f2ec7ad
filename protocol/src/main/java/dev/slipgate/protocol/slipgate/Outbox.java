package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.session.SendResult;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a session has been given: those that wait to be sent, in a queue per channel,
 * and the bytes of reliable ones until they are acknowledged. The channel with the highest priority
 * goes first; equal ones take turns. Bounded in bytes: a reliable message too many is refused, an
 * unreliable one pushes out the oldest.
 */
final class Outbox {
    /** How long a message that has begun may go on: as long as its receiver gathers. */
    private static final long MAX_UNRELIABLE_NS = Gatherings.UNRELIABLE_NS;

    private static final OutChannel[] NO_CHANNELS = {};

    private final SlipgateContext context;
    private final SlipgateSettings settings;
    private final CreditOut credit;
    private final int largestMessageBytes;

    private @Nullable OutChannel[] channels = NO_CHANNELS;

    /** By priority, the last channel of a ring of those with something to send. */
    private @Nullable OutChannel[] ringTails = NO_CHANNELS;

    /** By priority, a bit for those with a ring: a session is asked often, and has few. */
    private int rings;

    /** A channel whose message waits for credit: no later one may take it away. */
    private @Nullable OutChannel creditWaiter;

    private long reliableBytes;
    private long unreliableBytes;
    private boolean refused;

    Outbox(SlipgateContext context, CreditOut credit, int largestMessageBytes) {
        this.context = context;
        this.settings = context.settings();
        this.credit = credit;
        this.largestMessageBytes = largestMessageBytes;
    }

    /** Takes a copy of a message, or says why not; the channel {@link #agrees} with its mode. */
    SendResult offer(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        int cost = MessageCost.of(length);
        if (length > largestMessageBytes || (delivery.reliable() && !credit.everFits(cost))) {
            return SendResult.TOO_LARGE;
        }
        OutChannel to = channel(channel, delivery);
        if (delivery.reliable()) {
            if (reliableBytes > 0 && reliableBytes + cost > settings.sendQueueBytes()) {
                refused = true;
                return SendResult.BACKPRESSURED;
            }
            reliableBytes += cost;
        } else {
            makeRoomForUnreliable(to, cost);
            unreliableBytes += cost;
        }
        OutMessage message = context.outMessages().take(bytes, offset, length, nowNs);
        message.channel = channel;
        message.delivery = delivery;
        message.number = number;
        enqueue(to, message);
        return SendResult.QUEUED;
    }

    /** Whether the channel has this mode, or none yet. */
    boolean agrees(int channel, Delivery delivery) {
        OutChannel used = channel < channels.length ? channels[channel] : null;
        return used == null || used.delivery == delivery;
    }

    private OutChannel channel(int channel, Delivery delivery) {
        if (channel >= channels.length) {
            int atLeast = Integer.highestOneBit(Math.max(channel, 2)) * 2;
            channels = Arrays.copyOf(channels, atLeast);
        }
        OutChannel found = channels[channel];
        if (found == null) {
            found = new OutChannel(delivery, settings.priorityOf(channel));
            channels[channel] = found;
        }
        return found;
    }

    private void makeRoomForUnreliable(OutChannel to, int cost) {
        if (to.delivery == Delivery.SEQUENCED && to.head != null) {
            dropHead(to); // at most one waits: the newer replaces the older
        }
        while (unreliableBytes > 0 && unreliableBytes + cost > settings.unreliableQueueBytes()) {
            dropHead(oldestUnreliable());
            context.drops().count(DropReason.UNRELIABLE_OVERFLOW);
        }
    }

    private OutChannel oldestUnreliable() {
        OutChannel oldest = null;
        long serial = Long.MAX_VALUE;
        for (OutChannel each : channels) {
            OutMessage head = each == null ? null : each.head;
            if (head != null && !head.delivery.reliable() && head.serial < serial) {
                oldest = each;
                serial = head.serial;
            }
        }
        return Objects.requireNonNull(oldest);
    }

    /** Drops an unreliable message; a channel that becomes empty leaves its ring when found so. */
    private void dropHead(OutChannel channel) {
        OutMessage head = channel.remove(Objects.requireNonNull(channel.head));
        forget(head);
    }

    private void enqueue(OutChannel to, OutMessage message) {
        to.add(message);
        if (to.nextInRing == null) {
            addToRing(to);
        }
    }

    private void addToRing(OutChannel channel) {
        if (ringTails.length == 0) {
            ringTails = new OutChannel[SlipgateSettings.PRIORITIES];
        }
        OutChannel tail = ringTails[channel.priority];
        if (tail == null) {
            channel.nextInRing = channel;
        } else {
            channel.nextInRing = tail.nextInRing;
            tail.nextInRing = channel;
        }
        ringTails[channel.priority] = channel;
        rings |= 1 << channel.priority;
    }

    /** The channel whose first message should leave next, or null when none may. */
    @Nullable OutChannel peek(long nowNs) {
        for (int left = rings; left != 0; left &= left - 1) {
            OutChannel found = peekRing(Integer.numberOfTrailingZeros(left), nowNs);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Turns the ring so that the channel found is its first. */
    private @Nullable OutChannel peekRing(int priority, long nowNs) {
        OutChannel end = Objects.requireNonNull(ringTails[priority]);
        OutChannel before = end;
        while (true) {
            OutChannel each = Objects.requireNonNull(before.nextInRing);
            boolean last = each == end;
            dropStale(each, nowNs);
            if (each.head == null) {
                removeBehind(before, priority);
                if (last) {
                    return null;
                }
                continue;
            }
            if (mayLeave(each, each.head)) {
                ringTails[priority] = before;
                return each;
            }
            if (last) {
                return null;
            }
            before = each;
        }
    }

    private void removeBehind(OutChannel before, int priority) {
        OutChannel gone = Objects.requireNonNull(before.nextInRing);
        if (gone == before) {
            ringTails[priority] = null;
            rings &= ~(1 << priority);
        } else {
            before.nextInRing = gone.nextInRing;
            if (ringTails[priority] == gone) {
                ringTails[priority] = before;
            }
        }
        gone.nextInRing = null;
    }

    private void dropStale(OutChannel channel, long nowNs) {
        if (channel.delivery.reliable()) {
            return;
        }
        OutMessage head;
        while ((head = channel.head) != null && isStale(head, nowNs)) {
            dropHead(channel);
            context.drops().count(DropReason.UNRELIABLE_STALE);
        }
    }

    private boolean isStale(OutMessage message, long nowNs) {
        long patienceNs = message.begun ? MAX_UNRELIABLE_NS : settings.unreliableStaleNs();
        return nowNs - message.queuedNs >= patienceNs;
    }

    private boolean mayLeave(OutChannel channel, OutMessage message) {
        if (message.begun || !message.delivery.reliable()) {
            return true;
        }
        OutChannel waiter = creditWaiter;
        boolean mayAsk = waiter == null || waiter == channel || channel.priority < waiter.priority;
        if (mayAsk && !credit.fits(message.costBytes())) {
            creditWaiter = channel;
            return false;
        }
        return mayAsk;
    }

    /**
     * A part of the first message of {@link #peek}'s channel leaves.
     *
     * @param lengthBytes how much of it
     * @return the part's index
     */
    int onPartSent(OutChannel channel, int lengthBytes) {
        OutMessage message = Objects.requireNonNull(channel.head);
        if (!message.begun) {
            message.begun = true;
            if (message.delivery.reliable()) {
                credit.use(message.costBytes());
            }
            if (creditWaiter == channel) {
                creditWaiter = null;
            }
        }
        message.nextOffset += lengthBytes;
        if (message.allSent()) {
            channel.remove(message);
        }
        ringTails[channel.priority] = channel; // the next one's turn
        return message.partsSent++;
    }

    /** Forgets a message that has left for good, or is given up. */
    void forget(OutMessage message) {
        if (message.delivery.reliable()) {
            reliableBytes -= message.costBytes();
        } else {
            unreliableBytes -= message.costBytes();
        }
        context.outMessages().give(message);
    }

    /** True once after a message was refused, when half of the queue is free. */
    boolean takeWritable() {
        boolean writable = refused && reliableBytes <= settings.sendQueueBytes() / 2;
        refused &= !writable;
        return writable;
    }

    /** Bytes of reliable messages given and not yet acknowledged, with 64 for each. */
    long reliableBytes() {
        return reliableBytes;
    }

    /** Bytes of unreliable messages that wait to be sent, with 64 for each. */
    long unreliableBytes() {
        return unreliableBytes;
    }

    /** Gives up everything that waits. */
    void release() {
        for (OutChannel each : channels) {
            OutMessage head;
            while (each != null && (head = each.head) != null) {
                dropHead(each);
            }
        }
        channels = NO_CHANNELS;
        ringTails = NO_CHANNELS;
        rings = 0;
    }
}

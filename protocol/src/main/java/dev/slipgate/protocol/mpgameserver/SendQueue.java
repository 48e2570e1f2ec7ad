package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a session has been given to send, until its last acknowledgement; bounded in bytes: kept
 * messages by the bound, unreliable ones by what these leave of it when they come. Messages that
 * have not left yet wait in three queues that take turns: unreliable ones, small kept ones, and
 * large ones, of which a few send their fragments in turn, so that no channel waits for another's
 * large message.
 */
final class SendQueue {
    /** Charged per message beside its bytes, so that empty ones have a bound too. */
    static final int MESSAGE_COST_BYTES = 64;

    /** Large messages that interleave; each must complete within its receiver's patience. */
    private static final int MAX_ACTIVE_LARGE = 4;

    private final SessionSettings settings;
    private final OutPool pool;
    private final DropCounter drops;
    private final Sizes sizes;
    private final OrderedLanes ordered = new OrderedLanes();
    private final OutFifo unreliable = new OutFifo();
    private final OutFifo small = new OutFifo();
    private final OutFifo large = new OutFifo();
    private final OutFifo activeLarge = new OutFifo();
    private int nextFragmentId = 1;
    private long queuedBytes;
    private long unreliableBytes;

    SendQueue(SessionSettings settings, Sizes sizes, OutPool pool, DropCounter drops) {
        this.settings = settings;
        this.sizes = sizes;
        this.pool = pool;
        this.drops = drops;
    }

    /** Takes a message, or says why not. */
    SendResult offer(
            int channel,
            Delivery delivery,
            boolean bestEffort,
            long number,
            byte[] bytes,
            int offset,
            int length) {
        if (length > settings.maxMessageBytes()) {
            return SendResult.TOO_LARGE;
        }
        boolean kept = bestEffort || delivery.reliable();
        if (!kept
                && delivery == Delivery.SEQUENCED
                && replaceQueued(channel, bytes, offset, length)) {
            return SendResult.QUEUED;
        }
        if (!kept) {
            makeRoomForUnreliable(length);
        }
        if (!(kept ? keptFits(length) : fits(length))) {
            return SendResult.BACKPRESSURED;
        }
        OutMessage message = pool.message(bytes, offset, length);
        message.type = Wire.APP;
        message.channel = channel;
        message.delivery = delivery;
        message.bestEffort = bestEffort;
        message.number = number;
        enqueue(message);
        return SendResult.QUEUED;
    }

    /** Takes a message of the protocol's own, which goes first and has no bound. */
    void offerControl(int type, byte[] body) {
        OutMessage message = pool.message(body, 0, body.length);
        message.type = type;
        message.delivery = Delivery.RELIABLE;
        message.number = 0;
        enqueue(message);
    }

    private void enqueue(OutMessage message) {
        message.partCount = sizes.partsOf(message.length);
        charge(message, message.length + MESSAGE_COST_BYTES);
        if (message.delivery != Delivery.ORDERED || message.bestEffort || ordered.admit(message)) {
            queueOf(message).add(message);
        }
    }

    private OutFifo queueOf(OutMessage message) {
        if (message.fragmented()) {
            return large;
        }
        return message.kept() ? small : unreliable;
    }

    private void charge(OutMessage message, int bytes) {
        queuedBytes += bytes;
        if (!message.kept()) {
            unreliableBytes += bytes;
        }
    }

    /** Whether there is room for an unreliable message beside all that waits. */
    private boolean fits(int length) {
        return fits(length, queuedBytes);
    }

    /**
     * Whether there is room for a kept message. Unreliable ones do not count: whoever sends within
     * its credit for reliable messages must not be refused for what may be lost anyway.
     */
    private boolean keptFits(int length) {
        return fits(length, queuedBytes - unreliableBytes);
    }

    private boolean fits(int length, long besideBytes) {
        return besideBytes == 0
                || besideBytes + length + MESSAGE_COST_BYTES <= settings.maxQueueBytes();
    }

    private boolean replaceQueued(int channel, byte[] bytes, int offset, int length) {
        for (OutMessage m = unreliable.peek(); m != null; m = m.next) {
            if (m.channel == channel
                    && m.delivery == Delivery.SEQUENCED
                    && sizes.partsOf(length) == 1) {
                charge(m, length - m.length);
                pool.refill(m, bytes, offset, length);
                return true;
            }
        }
        return false;
    }

    private void makeRoomForUnreliable(int length) {
        while (unreliable.size() >= settings.maxQueuedUnreliable()
                || (!unreliable.isEmpty() && !fits(length))) {
            release(Objects.requireNonNull(unreliable.poll()));
            drops.count(DropReason.UNRELIABLE_OVERFLOW);
        }
    }

    /** Whether anything waits to be sent for the first time. */
    boolean hasUnsent() {
        return !unreliable.isEmpty()
                || !small.isEmpty()
                || !activeLarge.isEmpty()
                || !large.isEmpty();
    }

    /**
     * The message whose next part should go into a packet, or null when the queue has none.
     *
     * @param turn which of the three queues to ask, 0 to 2
     */
    @Nullable OutMessage peek(int turn) {
        if (settings.contiguousFragments() && turn != 2 && largeHasBegun()) {
            return null;
        }
        return switch (turn) {
            case 0 -> unreliable.peek();
            case 1 -> small.peek();
            default -> peekLarge();
        };
    }

    private boolean largeHasBegun() {
        OutMessage first = activeLarge.peek();
        return first != null && first.nextPart > 0;
    }

    private @Nullable OutMessage peekLarge() {
        int limit = settings.contiguousFragments() ? 1 : MAX_ACTIVE_LARGE;
        while (activeLarge.size() < limit && !large.isEmpty()) {
            OutMessage message = Objects.requireNonNull(large.poll());
            message.fragmentId = nextFragmentId;
            nextFragmentId = RingNumber.next(nextFragmentId);
            activeLarge.add(message);
        }
        return activeLarge.peek();
    }

    /** The part that {@link #peek} showed has left: the next in that queue steps forward. */
    void onPartSent(int turn) {
        OutFifo queue = turn == 0 ? unreliable : turn == 1 ? small : activeLarge;
        OutMessage message = Objects.requireNonNull(queue.poll());
        if (++message.nextPart < message.partCount) {
            queue.add(message);
        } else if (!message.kept()) {
            release(message);
        }
    }

    /** The peer has all of the message, or it is given up: it is forgotten. */
    void onDone(OutMessage message) {
        if (message.delivery == Delivery.ORDERED && !message.bestEffort) {
            OutMessage following = ordered.onDelivered(message.channel);
            if (following != null) {
                queueOf(following).add(following);
            }
        }
        release(message);
    }

    private void release(OutMessage message) {
        charge(message, -(message.length + MESSAGE_COST_BYTES));
        pool.release(message);
    }

    /** Bytes given and not yet acknowledged, with what each message costs beside them. */
    long queuedBytes() {
        return queuedBytes;
    }
}

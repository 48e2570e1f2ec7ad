package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Two sessions that talk to each other on virtual time, as native ones would: what is reliable
 * comes late, out of order and now and then twice, what is not may be lost, credit is kept to,
 * queues are bounded, and a cut takes all that was under way.
 */
final class LossyPair {
    private static final long QUEUE_BYTES = 12_000;

    private record Event(long atNs, long order, Runnable run) {}

    final Half client;
    final Half node;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::atNs).thenComparing(Event::order));
    private long order;
    private long nowNs;
    boolean cut;

    LossyPair(SessionEnd clientEnd, SessionEnd nodeEnd, Random random, long startNs) {
        this.random = random;
        this.nowNs = startNs;
        client = new Half(clientEnd, nodeEnd.firstCreditBytes());
        node = new Half(nodeEnd, clientEnd.firstCreditBytes());
        client.other = node;
        node.other = client;
    }

    /** Lets everything happen that is due by then. */
    void run(long untilNs) {
        while (!cut && !events.isEmpty() && events.element().atNs() <= untilNs) {
            Event event = events.remove();
            nowNs = event.atNs();
            event.run().run();
        }
        nowNs = untilNs;
    }

    boolean idle() {
        return events.isEmpty();
    }

    void cut() {
        if (!cut) {
            cut = true;
            client.end.onClosed(client, CloseReason.CLIENT_TIMEOUT, nowNs);
            node.end.onClosed(node, CloseReason.CLIENT_TIMEOUT, nowNs);
        }
    }

    private void later(Runnable run) {
        events.add(new Event(nowNs + 1 + random.nextInt(50), order++, run));
    }

    private record Waiting(int channel, Delivery delivery, long number, byte[] bytes) {
        long cost() {
            return bytes.length + 64L;
        }
    }

    /** One side. */
    final class Half extends FakeSession {
        private final SessionEnd end;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private Half other;
        private long limit;
        private long sent;
        private long queued;
        private boolean full;
        private long duplicatesBytes;
        private long ackOrder;
        private final long[] ackSeen = new long[256];

        @SuppressWarnings("NullAway") // both halves are joined before anybody sees one
        Half(SessionEnd end, long limit) {
            this.end = end;
            this.limit = limit;
        }

        @Override
        protected boolean take(int channel, Delivery delivery, long number, byte[] bytes) {
            if (!delivery.reliable()) {
                if (random.nextInt(3) > 0) {
                    later(() -> other.arrive(channel, delivery, number, bytes));
                }
                return true;
            }
            var message = new Waiting(channel, delivery, number, bytes);
            if (queued + message.cost() > QUEUE_BYTES && queued > 0) {
                full = true;
                return false;
            }
            queued += message.cost();
            waiting.add(message);
            pump();
            return true;
        }

        private void pump() {
            while (!waiting.isEmpty() && sent + waiting.element().cost() <= limit) {
                Waiting message = waiting.remove();
                sent += message.cost();
                Runnable arrival =
                        () ->
                                other.arrive(
                                        message.channel(),
                                        message.delivery(),
                                        message.number(),
                                        message.bytes());
                later(arrival);
                if (random.nextInt(20) == 0) {
                    other.duplicatesBytes +=
                            message.cost(); // given back by the end, and never taken
                    later(arrival);
                }
                later(() -> acked(message.cost()));
            }
        }

        private void acked(long cost) {
            queued -= cost;
            if (full && queued < QUEUE_BYTES / 2) {
                full = false;
                end.onWritable(this, nowNs);
            }
        }

        private void arrive(int channel, Delivery delivery, long number, byte[] bytes) {
            byte[] scratch = new byte[bytes.length + 7];
            System.arraycopy(bytes, 0, scratch, 5, bytes.length);
            end.onMessage(this, channel, delivery, number, scratch, 5, bytes.length, 0, nowNs);
            Arrays.fill(scratch, (byte) 99); // valid during the call only
        }

        @Override
        public void consumed(long costBytes, long atNs) {
            long mine = Math.max(0, costBytes - duplicatesBytes);
            duplicatesBytes -= costBytes - mine;
            later(
                    () -> {
                        other.limit += mine;
                        other.pump();
                    });
        }

        @Override
        public void deliveryAck(int channel, Positions handled, long atNs) {
            Positions copy = handled.copy();
            long number = ++ackOrder;
            later(
                    () -> {
                        if (number > other.ackSeen[channel]) {
                            other.ackSeen[channel] = number;
                            other.end.onDeliveryAck(other, channel, copy, nowNs);
                        }
                    });
        }

        @Override
        public void sendAttach(Attach attach, long atNs) {
            later(() -> other.end.onAttach(other, attach, nowNs));
        }

        @Override
        public void close(CloseReason reason, long atNs) {
            throw new AssertionError("closed for " + reason);
        }
    }
}

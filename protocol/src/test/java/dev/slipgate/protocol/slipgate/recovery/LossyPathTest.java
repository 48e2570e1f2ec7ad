package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.session.Endpoint;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A sender and a receiver over a path that loses, delays and reorders, on virtual time. */
class LossyPathTest {
    private static final long MS = 1_000_000;
    private static final int ITEMS = 2000;
    private static final int SEEDS = 60;

    /** What arrives at one of the two; an item, or the ranges of an ACK. */
    private record Arrival(long atNs, long number, AckRanges ranges, long delayNs) {}

    private final PriorityQueue<Arrival> toReceiver = byTime();
    private final PriorityQueue<Arrival> toSender = byTime();
    private Random random = new Random();
    private double lossRatio;
    private String what = "";
    private long nowNs;

    private final NewReno reno = new NewReno();
    private final LossDetection recovery = new LossDetection(reno);
    private final ReceivedPackets received = new ReceivedPackets();
    private final Set<Long> open = new HashSet<>();
    private final Set<Long> arrived = new HashSet<>();
    private final Set<Integer> delivered = new HashSet<>();
    private final PriorityQueue<Integer> again = new PriorityQueue<>();
    private int fresh;
    private int lost;
    private int lostThoughArrived;

    private final PacketFate fate =
            new PacketFate() {
                @Override
                public void onAcked(long number, int handle, long reported) {
                    assertThat(open.remove(number)).as("%s: fate of %d", what, number).isTrue();
                    assertThat(arrived).as(what).contains(number);
                    delivered.add(handle);
                }

                @Override
                public void onLost(long number, int handle) {
                    assertThat(open.remove(number)).as("%s: fate of %d", what, number).isTrue();
                    lost++;
                    lostThoughArrived += arrived.contains(number) ? 1 : 0;
                    if (handle != Recovery.NO_HANDLE) {
                        again.add(handle);
                    }
                }
            };

    private static PriorityQueue<Arrival> byTime() {
        return new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));
    }

    private static final class Seed {
        private Seed() {}

        static LossyPathTest run(int seed) {
            var path = new LossyPathTest();
            path.what = "seed " + seed;
            path.random = new Random(seed);
            path.lossRatio = (seed % 4) * 0.1;
            path.run();
            return path;
        }
    }

    private void run() {
        while (delivered.size() < ITEMS) {
            send();
            if (received.ackDue(nowNs)) {
                sendAck();
            }
            advance();
            assertThat(recovery.bytesInFlight()).as(what).isEqualTo(1000L * open.size());
            assertThat(nowNs).as("%s: it comes to an end", what).isLessThan(600_000 * MS);
        }
    }

    private void send() {
        while (recovery.mayTakeData() && (!again.isEmpty() || fresh < ITEMS)) {
            sendOne(again.isEmpty() ? fresh++ : again.poll());
        }
    }

    private void sendOne(int handle) {
        long number = recovery.onSent(SentKind.ELICITING, 1000, handle, -1, nowNs);
        open.add(number);
        transmit(toReceiver, number, new AckRanges(), 0);
    }

    private void sendAck() {
        var ranges = new AckRanges();
        for (int i = 0; i < received.rangeCount(); i++) {
            assertThat(ranges.tryAdd(received.rangeLow(i), received.rangeHigh(i))).isTrue();
        }
        received.onAckSent();
        transmit(toSender, 0, ranges, received.ackDelayNs(nowNs));
    }

    private void transmit(PriorityQueue<Arrival> to, long number, AckRanges ranges, long delayNs) {
        if (random.nextDouble() >= lossRatio) {
            long jitterNs = random.nextInt(10) == 0 ? random.nextLong(40 * MS) : 0;
            to.add(new Arrival(nowNs + 20 * MS + jitterNs, number, ranges, delayNs));
        }
    }

    /** Moves on to the next thing that is due, and lets it happen. */
    private void advance() {
        long dueNs = Math.min(recovery.nextTimeoutNs(), received.ackDeadlineNs());
        dueNs = Math.min(dueNs, Math.min(nextNs(toReceiver), nextNs(toSender)));
        assertThat(dueNs).as("%s: something is due", what).isNotEqualTo(Endpoint.NEVER);
        nowNs = Math.max(nowNs, dueNs);
        if (nextNs(toReceiver) <= nowNs) {
            long number = toReceiver.remove().number;
            arrived.add(number);
            received.onReceived(number, true, nowNs);
        }
        if (nextNs(toSender) <= nowNs) {
            var ack = toSender.remove();
            assertThat(recovery.onAck(ack.ranges, ack.delayNs, nowNs, fate))
                    .as(what)
                    .isNotEqualTo(AckOutcome.NEVER_SENT);
        }
        if (recovery.onTimeout(nowNs, fate) == TimeoutOutcome.PROBE) {
            sendOne(Math.max(recovery.oldestHandle(), 0));
        }
    }

    private static long nextNs(PriorityQueue<Arrival> queue) {
        var next = queue.peek();
        return next == null ? Endpoint.NEVER : next.atNs;
    }

    @Test
    void everyPacketHasOneFateAndEveryItemArrives() {
        long lost = 0;
        long spurious = 0;
        long probes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var path = Seed.run(seed);
            assertThat(path.recovery.packetsLost()).as(path.what).isEqualTo(path.lost);
            // More may be noticed than had arrived when declared lost: those still on their way.
            assertThat(path.recovery.spuriousLosses()).as(path.what).isLessThanOrEqualTo(path.lost);
            assertThat(path.recovery.rtt().minNs()).as(path.what).isBetween(40 * MS, 60 * MS);
            lost += path.lost;
            spurious += path.recovery.spuriousLosses();
            probes += path.recovery.probeTimeouts();
        }
        assertThat(lost).isGreaterThan(SEEDS * 100L);
        assertThat(spurious).isPositive();
        assertThat(probes).isPositive();
    }

    @Test
    void bothEndsEstimateTheLossOfThePath() {
        var path = Seed.run(3); // 30 %
        long sent = path.recovery.nextNumber();
        double outbound = (double) (path.lost - path.lostThoughArrived) / sent;
        double inbound = (double) path.received.packetsLost() / sent;
        assertThat(outbound).isBetween(0.2, 0.4);
        assertThat(inbound).isBetween(0.2, 0.4);
    }
}

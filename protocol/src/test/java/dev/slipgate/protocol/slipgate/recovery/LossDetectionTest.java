package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.session.Endpoint;
import org.junit.jupiter.api.Test;

class LossDetectionTest {
    private static final long MS = 1_000_000;

    private final NewReno reno = new NewReno();
    private final LossDetection recovery = new LossDetection(reno);
    private final RecordingFate fate = new RecordingFate();
    private long nowNs;

    /** Sends eliciting packets of 1000 bytes, 1 ms apart; a handle is the number plus 100. */
    private void send(int packets) {
        for (int i = 0; i < packets; i++) {
            int handle = (int) recovery.nextNumber() + 100;
            recovery.onSent(SentKind.ELICITING, 1000, handle, -1, nowNs);
            nowNs += MS;
        }
    }

    /** Pairs of lowest and highest, newest first. */
    private AckOutcome ack(long... lowHigh) {
        var ranges = new AckRanges();
        for (int i = 0; i < lowHigh.length; i += 2) {
            assertThat(ranges.tryAdd(lowHigh[i], lowHigh[i + 1])).isTrue();
        }
        return recovery.onAck(ranges, 0, nowNs, fate);
    }

    /** A round trip of 100 ms is known, and 5 packets are acknowledged. */
    private void settle() {
        send(5);
        nowNs += 99 * MS;
        assertThat(ack(0, 4)).isEqualTo(AckOutcome.PROGRESS);
        nowNs += MS;
        fate.acked.clear();
        fate.ackedHandles.clear();
    }

    @Test
    void anAckTellsTheFateOfItsPacketsOnce() {
        send(3);
        assertThat(recovery.bytesInFlight()).isEqualTo(3000);
        assertThat(ack(0, 1)).isEqualTo(AckOutcome.PROGRESS);
        assertThat(fate.acked).containsExactly(0L, 1L);
        assertThat(fate.ackedHandles).containsExactly(100, 101);
        assertThat(recovery.bytesInFlight()).isEqualTo(1000);
        assertThat(ack(0, 1)).isEqualTo(AckOutcome.NOTHING_NEW);
        assertThat(fate.acked).hasSize(2);
        assertThat(fate.lost).isEmpty();
    }

    @Test
    void anAckForAPacketNeverSentChangesNothing() {
        send(3);
        assertThat(ack(0, 3)).isEqualTo(AckOutcome.NEVER_SENT);
        assertThat(fate.acked).isEmpty();
        assertThat(recovery.bytesInFlight()).isEqualTo(3000);
        assertThat(recovery.rtt().sampled()).isFalse();
    }

    @Test
    void theRoundTripIsMeasuredToTheLargestOnlyWhenItIsNew() {
        send(3);
        nowNs = 50 * MS;
        ack(1, 1);
        assertThat(recovery.rtt().latestNs()).isEqualTo(49 * MS);
        nowNs = 90 * MS;
        ack(0, 1);
        assertThat(recovery.rtt().latestNs()).as("1 was known").isEqualTo(49 * MS);
    }

    @Test
    void aSilentPacketGivesNoRoundTrip() {
        recovery.onSent(SentKind.SILENT, 40, Recovery.NO_HANDLE, 7, 0);
        nowNs = 50 * MS;
        assertThat(ack(0, 0)).isEqualTo(AckOutcome.PROGRESS);
        assertThat(recovery.rtt().sampled()).isFalse();
        assertThat(fate.reported).containsExactly(7L);
        assertThat(fate.ackedHandles).containsExactly(Recovery.NO_HANDLE);
    }

    @Test
    void threeLaterNumbersMakeAPacketLost() {
        settle();
        send(5); // 5 to 9
        ack(6, 7, 0, 4);
        assertThat(fate.lost).isEmpty();
        ack(6, 8, 0, 4);
        assertThat(fate.lost).containsExactly(5L);
        assertThat(fate.lostHandles).containsExactly(105);
        assertThat(recovery.bytesInFlight()).isEqualTo(1000);
        assertThat(recovery.packetsLost()).isEqualTo(1);
        assertThat(recovery.lossRatio()).isPositive();
    }

    @Test
    void anOvertakenPacketIsLostAfterNineEighthsOfARoundTrip() {
        settle();
        long sentNs = nowNs;
        send(2);
        nowNs = sentNs + 101 * MS;
        ack(6, 6);
        assertThat(fate.lost).isEmpty();
        long dueNs = sentNs + recovery.rtt().smoothedNs() * 9 / 8;
        assertThat(recovery.nextTimeoutNs()).isEqualTo(dueNs).isLessThan(sentNs + 113 * MS);
        assertThat(recovery.onTimeout(dueNs - 1, fate)).isEqualTo(TimeoutOutcome.EARLY);
        assertThat(fate.lost).isEmpty();
        assertThat(recovery.onTimeout(dueNs, fate)).isEqualTo(TimeoutOutcome.LOSSES);
        assertThat(fate.lost).containsExactly(5L);
        assertThat(recovery.nextTimeoutNs()).isEqualTo(Endpoint.NEVER);
    }

    @Test
    void aLossThatArrivesAfterAllIsCountedOnceAndToldNoMore() {
        settle();
        send(4);
        ack(6, 8);
        assertThat(fate.lost).containsExactly(5L);
        nowNs += 20 * MS;
        ack(5, 8);
        ack(5, 8);
        assertThat(recovery.spuriousLosses()).isEqualTo(1);
        assertThat(fate.acked).doesNotContain(5L);
    }

    @Test
    void probesAreAskedForEverMoreSlowlyAndNothingIsLostByThem() {
        settle();
        send(1);
        long lastNs = nowNs - MS;
        long timeoutNs = recovery.rtt().probeTimeoutNs();
        for (long factor : new long[] {1, 2, 4}) {
            assertThat(recovery.nextTimeoutNs()).isEqualTo(lastNs + factor * timeoutNs);
            lastNs = recovery.nextTimeoutNs();
            assertThat(recovery.onTimeout(lastNs, fate)).isEqualTo(TimeoutOutcome.PROBE);
        }
        for (int i = 0; i < 100; i++) {
            lastNs = recovery.nextTimeoutNs();
            recovery.onTimeout(lastNs, fate);
        }
        assertThat(recovery.nextTimeoutNs() - lastNs).isEqualTo(LossDetection.MAX_PROBE_TIMEOUT_NS);
        assertThat(recovery.probeTimeouts()).isEqualTo(103);
        assertThat(recovery.oldestHandle()).isEqualTo(105);
        assertThat(fate.lost).isEmpty();
        nowNs = lastNs;
        send(1);
        ack(6, 6);
        assertThat(fate.lost).containsExactly(5L);
        send(1);
        assertThat(recovery.nextTimeoutNs())
                .as("no backoff any more")
                .isEqualTo(nowNs - MS + recovery.rtt().probeTimeoutNs());
    }

    @Test
    void withNothingInFlightNothingIsDue() {
        assertThat(recovery.nextTimeoutNs()).isEqualTo(Endpoint.NEVER);
        recovery.onSent(SentKind.SILENT, 40, Recovery.NO_HANDLE, -1, 0);
        assertThat(recovery.nextTimeoutNs()).isEqualTo(Endpoint.NEVER);
        assertThat(recovery.onTimeout(Long.MAX_VALUE - 1, fate)).isEqualTo(TimeoutOutcome.EARLY);
    }

    @Test
    void aLossHalvesTheWindowOncePerRoundTrip() {
        settle();
        long before = reno.windowBytes();
        send(8); // 5 to 12
        ack(8, 10);
        assertThat(fate.lost).containsExactly(5L, 6L, 7L);
        assertThat(reno.windowBytes()).isEqualTo(before / 2);
    }

    @Test
    void aSilenceOfThreeProbeTimeoutsIsPersistentCongestion() {
        settle();
        long durationNs = 3 * recovery.rtt().probeTimeoutNs();
        send(1);
        nowNs += durationNs;
        send(1);
        send(3);
        nowNs += 98 * MS;
        ack(9, 9);
        assertThat(fate.lost).containsExactly(5L, 6L);
        assertThat(reno.windowBytes())
                .as("the smallest, and the packet that arrived")
                .isEqualTo(NewReno.MIN_WINDOW_BYTES + 1000);
    }

    @Test
    void aSilenceThatWasBrokenIsNotPersistentCongestion() {
        settle();
        long durationNs = 3 * recovery.rtt().probeTimeoutNs();
        send(2);
        nowNs += durationNs;
        send(1);
        send(3);
        nowNs += 98 * MS;
        ack(10, 10, 6, 6);
        assertThat(fate.lost).containsExactly(5L, 7L);
        assertThat(reno.windowBytes()).isEqualTo(NewReno.INITIAL_WINDOW_BYTES / 2);
    }

    @Test
    void theWindowBoundsDataAndNotAcks() {
        for (int i = 0; i < 12; i++) {
            assertThat(recovery.mayTakeData()).isTrue();
            send(1);
        }
        assertThat(recovery.mayTakeData()).isFalse();
        assertThat(recovery.mayTakeControl()).isTrue();
        ack(0, 0);
        assertThat(recovery.mayTakeData()).isTrue();
    }

    @Test
    void openPacketsAreBoundedWithRoomLeftForAcksProbesAndTheClose() {
        var unlimited = new LossDetection(Unlimited.INSTANCE);
        while (unlimited.mayTakeData()) {
            unlimited.onSent(SentKind.ELICITING, 50, 0, -1, 0);
        }
        assertThat(unlimited.nextNumber()).isEqualTo(SentPackets.MAX_SLOTS - 512);
        while (unlimited.mayTakeControl()) {
            unlimited.onSent(SentKind.ELICITING, 50, Recovery.NO_HANDLE, -1, 0);
        }
        for (int i = 0; i < 16; i++) {
            unlimited.onSent(SentKind.SILENT, 50, Recovery.NO_HANDLE, -1, 0);
        }
        assertThat(unlimited.nextNumber()).isEqualTo(SentPackets.MAX_SLOTS);
    }

    @Test
    void thePacketNumberGrowsWithTheDistanceToTheLastAck() {
        assertThat(recovery.nextNumberBytes()).isEqualTo(1);
        for (int i = 0; i < 200; i++) {
            send(1);
        }
        assertThat(recovery.nextNumberBytes()).isEqualTo(2);
        ack(150, 150);
        assertThat(recovery.nextNumberBytes()).isEqualTo(1);
    }

    @Test
    void abandoningTellsAllThatIsOpenAndLeavesTheRateAlone() {
        settle();
        long window = reno.windowBytes();
        send(2);
        recovery.onSent(SentKind.SILENT, 40, Recovery.NO_HANDLE, -1, nowNs);
        recovery.abandon(fate);
        assertThat(fate.lostHandles).containsExactly(105, 106);
        assertThat(recovery.bytesInFlight()).isZero();
        assertThat(recovery.nextTimeoutNs()).isEqualTo(Endpoint.NEVER);
        assertThat(recovery.packetsLost()).isZero();
        assertThat(reno.windowBytes()).isEqualTo(window);
        assertThat(recovery.nextNumber()).isEqualTo(8);
    }

    @Test
    void packetsOfTheOldPathSayNothingOfTheNew() {
        settle();
        send(4);
        recovery.onNewPath();
        assertThat(reno.windowBytes()).isEqualTo(NewReno.INITIAL_WINDOW_BYTES);
        ack(8, 8);
        assertThat(fate.lost).containsExactly(5L);
        assertThat(recovery.rtt().sampled()).isFalse();
        assertThat(reno.windowBytes()).isEqualTo(NewReno.INITIAL_WINDOW_BYTES);
    }

    @Test
    void aHandleOnASilentPacketIsTheCallersBug() {
        assertThatThrownBy(() -> recovery.onSent(SentKind.SILENT, 40, 3, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

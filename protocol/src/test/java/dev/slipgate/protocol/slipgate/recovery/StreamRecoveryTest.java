package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.session.Endpoint;
import org.junit.jupiter.api.Test;

class StreamRecoveryTest {
    private final StreamRecovery recovery = new StreamRecovery();
    private final RecordingFate fate = new RecordingFate();

    private AckOutcome ack(long number, long nowNs) {
        var ranges = new AckRanges();
        ranges.tryAdd(number, number);
        return recovery.onAck(ranges, 0, nowNs, fate);
    }

    private long send(SentKind kind, long nowNs) {
        return recovery.onSent(kind, 100, Recovery.NO_HANDLE, -1, nowNs);
    }

    @Test
    void aPingGivesTheRoundTripOnce() {
        send(SentKind.SILENT, 0);
        assertThat(send(SentKind.ELICITING, 1000)).isEqualTo(1);
        send(SentKind.SILENT, 2000);
        assertThat(recovery.sentSinceEliciting()).isEqualTo(1);
        assertThat(ack(1, 5000)).isEqualTo(AckOutcome.PROGRESS);
        assertThat(recovery.rtt().smoothedNs()).isEqualTo(4000);
        assertThat(ack(1, 9000)).isEqualTo(AckOutcome.NOTHING_NEW);
        assertThat(recovery.rtt().latestNs()).isEqualTo(4000);
    }

    @Test
    void anAckForAPacketNeverSentIsTold() {
        send(SentKind.ELICITING, 0);
        assertThat(ack(1, 1)).isEqualTo(AckOutcome.NEVER_SENT);
    }

    @Test
    void nothingIsEverDueOrBounded() {
        for (int i = 0; i < 100_000; i++) {
            send(SentKind.ELICITING, i);
        }
        assertThat(recovery.nextNumber()).isEqualTo(100_000);
        assertThat(recovery.nextNumberBytes()).isEqualTo(4);
        assertThat(recovery.nextTimeoutNs()).isEqualTo(Endpoint.NEVER);
        assertThat(recovery.onTimeout(1L << 60, fate)).isEqualTo(TimeoutOutcome.EARLY);
        assertThat(recovery.mayTakeData()).isTrue();
        assertThat(recovery.mayTakeControl()).isTrue();
        assertThat(fate.lost).isEmpty();
    }

    @Test
    void aHandleIsTheCallersBug() {
        assertThatThrownBy(() -> recovery.onSent(SentKind.ELICITING, 100, 4, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

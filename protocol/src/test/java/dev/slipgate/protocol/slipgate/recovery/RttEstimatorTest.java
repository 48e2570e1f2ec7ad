package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RttEstimatorTest {
    private static final long MS = 1_000_000;

    private final RttEstimator rtt = new RttEstimator();

    @Test
    void beforeTheFirstSampleTheRoundTripIsThatOfTheRfc() {
        assertThat(rtt.sampled()).isFalse();
        assertThat(rtt.smoothedNs()).isEqualTo(333 * MS);
        assertThat(rtt.probeTimeoutNs()).isEqualTo((333 + 4 * 333 / 2 + 10) * MS);
    }

    @Test
    void theFirstSampleIsTakenWhole() {
        rtt.onSample(80 * MS, 5 * MS, 0);
        assertThat(rtt.latestNs()).isEqualTo(80 * MS);
        assertThat(rtt.minNs()).isEqualTo(80 * MS);
        assertThat(rtt.smoothedNs()).isEqualTo(80 * MS);
        assertThat(rtt.variationNs()).isEqualTo(40 * MS);
        assertThat(rtt.probeTimeoutNs()).isEqualTo(250 * MS);
        assertThat(rtt.lossDelayNs()).isEqualTo(90 * MS);
        assertThat(rtt.jitterNs()).isZero();
    }

    /** RFC 9002, section 5.3: variation 3/4 and 1/4 of the difference, smoothed 7/8 and 1/8. */
    @Test
    void laterSamplesAreSmoothedWithoutTheDelayThatThePeerTells() {
        rtt.onSample(80 * MS, 0, 0);
        rtt.onSample(104 * MS, 8 * MS, 0);
        assertThat(rtt.variationNs()).isEqualTo((3 * 40 + 16) * MS / 4);
        assertThat(rtt.smoothedNs()).isEqualTo((7 * 80 + 96) * MS / 8);
        assertThat(rtt.latestNs()).isEqualTo(104 * MS);
        assertThat(rtt.minNs()).isEqualTo(80 * MS);
        assertThat(rtt.lossDelayNs()).as("of the latest").isEqualTo(117 * MS);
    }

    @Test
    void aDelayThatWouldGoBelowTheSmallestRoundTripIsNotTakenOff() {
        rtt.onSample(80 * MS, 0, 0);
        rtt.onSample(84 * MS, 8 * MS, 0);
        assertThat(rtt.smoothedNs()).isEqualTo((7 * 80 + 84) * MS / 8);
    }

    @Test
    void aDelayBeyondWhatThePeerMayWaitIsNotBelieved() {
        rtt.onSample(80 * MS, 0, 0);
        rtt.onSample(160 * MS, Long.MAX_VALUE, 0);
        assertThat(rtt.smoothedNs()).isEqualTo((7 * 80 + 150) * MS / 8);
        rtt.onSample(80 * MS, -1, 0);
        assertThat(rtt.minNs()).isEqualTo(80 * MS);
    }

    @Test
    void theSmallestBeginsAnewAfterPersistentCongestion() {
        rtt.onSample(80 * MS, 0, 0);
        rtt.onPersistentCongestion();
        rtt.onSample(200 * MS, 0, 0);
        assertThat(rtt.minNs()).isEqualTo(200 * MS);
        rtt.onSample(220 * MS, 0, 0);
        assertThat(rtt.minNs()).isEqualTo(200 * MS);
    }

    @Test
    void jitterIsTheFadingMeanOfDifferences() {
        long scaled = 0;
        long last = 50 * MS;
        rtt.onSample(last, 0, 0);
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            long next = 50 * MS + random.nextLong(10 * MS);
            rtt.onSample(next, 0, 0);
            scaled += Math.abs(next - last) - ((scaled + 8) >> 4); // RFC 3550, appendix A.8
            last = next;
            assertThat(rtt.jitterNs()).isEqualTo(scaled >> 4);
        }
        assertThat(rtt.jitterNs()).isBetween(2 * MS, 5 * MS);
    }

    @Test
    void aSteadyPathIsMetByItsEstimate() {
        for (int i = 0; i < 200; i++) {
            rtt.onSample(20 * MS, 0, 0);
        }
        assertThat(rtt.smoothedNs()).isEqualTo(20 * MS);
        assertThat(rtt.probeTimeoutNs()).as("granularity").isEqualTo((20 + 1 + 10) * MS);
    }

    @Test
    void aNewPathForgetsTheOld() {
        rtt.onSample(20 * MS, 0, 5);
        assertThat(rtt.sampledBefore(6)).isTrue();
        assertThat(rtt.sampledBefore(5)).isFalse();
        rtt.onNewPath();
        assertThat(rtt.sampled()).isFalse();
        assertThat(rtt.sampledBefore(6)).isFalse();
        assertThat(rtt.smoothedNs()).isEqualTo(RttEstimator.INITIAL_RTT_NS);
    }
}

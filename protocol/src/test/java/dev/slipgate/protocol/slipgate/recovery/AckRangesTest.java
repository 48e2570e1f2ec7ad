package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AckRangesTest {
    private final AckRanges ranges = new AckRanges();

    @Test
    void rangesGoDownWithAtLeastOneNumberBetween() {
        assertThat(ranges.tryAdd(10, 20)).isTrue();
        assertThat(ranges.tryAdd(9, 9)).as("touches").isFalse();
        assertThat(ranges.tryAdd(30, 40)).as("upwards").isFalse();
        assertThat(ranges.tryAdd(5, 4)).as("upside down").isFalse();
        assertThat(ranges.tryAdd(-1, 4)).as("below 0").isFalse();
        assertThat(ranges.tryAdd(8, 8)).isTrue();
        assertThat(ranges.tryAdd(0, 6)).isTrue();
        assertThat(ranges.count()).isEqualTo(3);
        assertThat(ranges.largest()).isEqualTo(20);
    }

    @Test
    void itHoldsWhatTheRangesHold() {
        ranges.tryAdd(10, 20);
        ranges.tryAdd(5, 7);
        for (long number = 0; number < 30; number++) {
            boolean inside = (number >= 10 && number <= 20) || (number >= 5 && number <= 7);
            assertThat(ranges.contains(number)).as("%d", number).isEqualTo(inside);
        }
        ranges.clear();
        assertThat(ranges.count()).isZero();
        assertThat(ranges.contains(10)).isFalse();
    }

    @Test
    void oneRangeTooManyIsBroken() {
        for (int i = 0; i < AckRanges.MAX; i++) {
            assertThat(ranges.tryAdd(1000 - 2L * i, 1000 - 2L * i)).isTrue();
        }
        assertThat(ranges.tryAdd(0, 0)).isFalse();
    }
}

package dev.slipgate.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianOfAnOddCountIsTheMiddleOne() {
        assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9, 3));
    }

    @Test
    void theMedianOfAnEvenCountIsBetweenTheMiddleTwo() {
        assertThat(Spread.of(9, 1, 4, 6).median()).isEqualTo(5);
    }

    @Test
    void oneRunIsItsOwnMedian() {
        assertThat(Spread.of(7).text(1)).isEqualTo("7.0 (7.0..7.0)");
    }

    @Test
    void noRunsAreNoFigure() {
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.slipgate.ByteRanges.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {
    private final ByteRanges ranges = new ByteRanges();

    @Test
    void piecesInOrderAreOneRange() {
        for (int i = 0; i < 100; i++) {
            assertThat(ranges.covers(1000)).isFalse();
            assertThat(ranges.add(10 * i, 10)).isEqualTo(Outcome.NEW);
        }
        assertThat(ranges.covers(1000)).isTrue();
    }

    @Test
    void aPieceThatIsHereIsADuplicate() {
        ranges.add(10, 10);
        ranges.add(20, 10);
        assertThat(ranges.add(20, 10)).isEqualTo(Outcome.DUPLICATE);
        assertThat(ranges.add(12, 3)).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void aPieceThatIsHalfHereIsBroken() {
        ranges.add(10, 10);
        assertThat(ranges.add(15, 10)).isEqualTo(Outcome.BROKEN);
        assertThat(ranges.add(5, 6)).isEqualTo(Outcome.BROKEN);
        assertThat(ranges.add(5, 20)).isEqualTo(Outcome.BROKEN);
        ranges.add(25, 5);
        assertThat(ranges.add(20, 6)).isEqualTo(Outcome.BROKEN);
        assertThat(ranges.add(20, 20)).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void nothingIsCoveredByNothing() {
        assertThat(ranges.covers(0)).isTrue();
        assertThat(ranges.covers(1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void piecesInAnyOrderAgreeWithABitSet(long seed) {
        var random = new Random(seed);
        var bounds = new ArrayList<int[]>();
        int total = 0;
        while (bounds.size() < 200) {
            int length = 1 + random.nextInt(30);
            bounds.add(new int[] {total, length});
            total += length;
        }
        var twice = new ArrayList<>(bounds);
        twice.addAll(bounds);
        Collections.shuffle(twice, random);
        var expected = new BitSet();
        for (int[] piece : twice) {
            boolean here = expected.get(piece[0]);
            expected.set(piece[0], piece[0] + piece[1]);
            assertThat(ranges.add(piece[0], piece[1]))
                    .isEqualTo(here ? Outcome.DUPLICATE : Outcome.NEW);
            assertThat(ranges.covers(total)).isEqualTo(expected.cardinality() == total);
        }
        assertThat(ranges.covers(total)).isTrue();
    }
}

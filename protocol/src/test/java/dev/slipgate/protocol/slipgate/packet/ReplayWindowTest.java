package dev.slipgate.protocol.slipgate.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void aPacketIsNewOnce() {
        assertThat(window.highest()).isEqualTo(PacketNumbers.NONE);
        for (long number = 0; number < 5000; number++) {
            assertThat(window.check(number)).isNull();
            window.record(number);
            assertThat(window.check(number)).isEqualTo(DropReason.REPLAYED_PACKET);
            assertThat(window.highest()).isEqualTo(number);
        }
    }

    @Test
    void checkingChangesNothing() {
        assertThat(window.check(7)).isNull();
        assertThat(window.check(7)).isNull();
        assertThat(window.check(3)).isNull();
        assertThat(window.highest()).isEqualTo(PacketNumbers.NONE);
    }

    @Test
    void theOldestOfTheWindowIsTakenAndTheOneBeforeItIsNot() {
        window.record(5000);
        assertThat(window.check(5000 - 2047)).isNull();
        assertThat(window.check(5000 - 2048)).isEqualTo(DropReason.STALE_PACKET);
        window.record(5000 - 2047);
        assertThat(window.check(5000 - 2047)).isEqualTo(DropReason.REPLAYED_PACKET);
        assertThat(window.check(5000 - 2046)).isNull();
    }

    @Test
    void theOldestIsTheSameWhileNothingWasMissing() {
        for (long number = 0; number <= 5000; number++) {
            window.record(number);
        }
        assertThat(window.check(5000 - 2047)).isEqualTo(DropReason.REPLAYED_PACKET);
        assertThat(window.check(5000 - 2048)).isEqualTo(DropReason.STALE_PACKET);
    }

    @Test
    void aGapStaysOpenUntilItLeavesTheWindow() {
        for (long number = 0; number < 10_000; number++) {
            if (number != 100) {
                window.record(number);
                assertThat(window.check(100))
                        .isEqualTo(number - 100 < 2048 ? null : DropReason.STALE_PACKET);
            }
        }
    }

    @Test
    void theEndOfTheRangeIsLikeItsBeginning() {
        window.record(Varint.MAX);
        assertThat(window.check(Varint.MAX)).isEqualTo(DropReason.REPLAYED_PACKET);
        assertThat(window.check(Varint.MAX - 2047)).isNull();
        assertThat(window.check(0)).isEqualTo(DropReason.STALE_PACKET);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 60, 70, 500, 2100, 10_000})
    void itAnswersAsAModelThatForgetsNothing(int spread) {
        for (int seed = 0; seed < 20; seed++) {
            compareToModel(new Random(seed), spread, "seed " + seed + ", spread " + spread);
        }
    }

    /** Numbers around the highest: mostly close, now and then as far as {@code spread}. */
    private static void compareToModel(Random random, int spread, String what) {
        var window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (int step = 0; step < 5000; step++) {
            int reach = random.nextInt(20) == 0 ? spread : Math.min(spread, 3);
            long number = highest + 1 + random.nextInt(-reach + 1, reach + 1);
            if (number < 0) {
                continue;
            }
            DropReason expected = null;
            if (number <= highest - 2048) {
                expected = DropReason.STALE_PACKET;
            } else if (seen.contains(number)) {
                expected = DropReason.REPLAYED_PACKET;
            }
            assertThat(window.check(number)).as("%s, step %d", what, step).isEqualTo(expected);
            if (expected == null && random.nextInt(10) > 0) {
                window.record(number);
                seen.add(number);
                highest = Math.max(highest, number);
            }
        }
    }
}

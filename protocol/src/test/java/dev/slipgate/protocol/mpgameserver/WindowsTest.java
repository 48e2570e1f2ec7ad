package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The windows over wrapping numbers, each against what it should remember. */
class WindowsTest {
    private static final int RING = RingNumber.MAX;

    @Test
    void numbersWrapPastZero() {
        assertThat(RingNumber.next(RING)).isEqualTo(1);
        assertThat(RingNumber.diff(1, RING)).isEqualTo(1);
        assertThat(RingNumber.diff(RING, 1)).isEqualTo(-1);
        assertThat(RingNumber.diff(40000, 40000 - 32767)).isEqualTo(32767);
        assertThat(RingNumber.back(1, 1)).isEqualTo(RING);
        assertThat(RingNumber.back(10, 3)).isEqualTo(7);
    }

    @Test
    void aReplayWindowTakesEachNumberOnceAndNoneThatIsTooOld() {
        var random = new Random(1);
        var window = new ReplayWindow();
        Set<Integer> seen = new HashSet<>();
        int highest = 0;
        for (int step = 0; step < 300_000; step++) {
            int position =
                    Math.max(1, highest + 8 - random.nextInt(random.nextInt(2) == 0 ? 12 : 50));
            int number = (position - 1) % RING + 1;
            DropReason refusal = window.check(number, position / 100);
            if (highest - position > 32) {
                assertThat(refusal).isEqualTo(DropReason.STALE_PACKET);
            } else if (seen.contains(position)) {
                assertThat(refusal).isEqualTo(DropReason.REPLAYED_PACKET);
            } else {
                assertThat(refusal).isNull();
                window.record(number, position / 100);
                seen.add(position);
                highest = Math.max(highest, position);
            }
        }
        assertThat(highest).isGreaterThan(3 * RING);
    }

    @Test
    void ackBitsAreAsTheOriginalHasThem() {
        var window = new ReplayWindow();
        for (int number : new int[] {5, 7, 6, 39}) {
            window.record(number, 0);
        }
        assertThat(window.ack()).isEqualTo(39);
        assertThat(window.ackBits()).isEqualTo(1);
        window.record(40, 0);
        assertThat(window.ackBits()).isEqualTo(0x80000000);
        window.record(38, 0);
        assertThat(window.ackBits()).isEqualTo(0xC0000000);
    }

    @Test
    void aPacketOfTheLastRoundIsNotTakenForANewOne() {
        var window = new ReplayWindow();
        for (int position = 1; position <= 60_000; position++) {
            window.record(position, position / 60);
        }
        // Number 1000 looks 6535 ahead of 60000; only its time tells that it is a replay.
        assertThat(window.check(1000, 1000 / 60)).isEqualTo(DropReason.STALE_PACKET);
        assertThat(window.check(1000, 66_535 / 60)).isNull();
        assertThat(window.check(20_000, 2000)).isEqualTo(DropReason.STALE_PACKET);
    }

    @Test
    void aYoungSessionSurvivesAClockThatStepsBack() {
        var window = new ReplayWindow();
        window.record(1, 10_000);
        assertThat(window.check(2, 10)).isNull();
    }

    @Test
    void messageDedupeTakesLateFirstArrivalsAndNoDuplicates() {
        var random = new Random(2);
        var dedupe = new MessageDedupe();
        Set<Integer> seen = new HashSet<>();
        int highest = 0;
        for (int step = 0; step < 300_000; step++) {
            int ahead = random.nextInt(100) == 0 ? 3000 : 3;
            int behind = random.nextInt(10) == 0 ? 30_000 : 20;
            int position = Math.max(1, highest + ahead - random.nextInt(behind));
            if (highest - position > 32_000) {
                continue;
            }
            assertThat(dedupe.insert((position - 1) % RING + 1)).isEqualTo(seen.add(position));
            highest = Math.max(highest, position);
        }
        assertThat(highest).isGreaterThan(5 * RING);
    }

    @Test
    void messageDedupeForgetsAHalfRingThatIsSkipped() {
        var dedupe = new MessageDedupe();
        for (int number = 1; number <= 2000; number++) {
            dedupe.insert(number);
        }
        assertThat(dedupe.insert(32_000)).isTrue();
        for (int number = 32_001; number <= 36_000; number++) {
            assertThat(dedupe.insert(number)).as("%d", number).isTrue();
        }
        assertThat(dedupe.contains(20_000)).isFalse();
    }

    @Test
    void aPartWindowIsNeverWiderThanTheOriginalsMemory() {
        var window = new PartWindow(RING - 100);
        List<OutPart> kept = new ArrayList<>();
        var random = new Random(3);
        for (int step = 0; step < 200_000; step++) {
            if (window.open() && random.nextInt(5) > 0) {
                if (random.nextInt(4) == 0) {
                    window.assign();
                } else {
                    var part = new OutPart();
                    window.assign(part);
                    kept.add(part);
                }
            } else if (!kept.isEmpty()) {
                OutPart part = kept.remove(random.nextInt(kept.size()));
                assertThat(window.find(part.number)).isSameAs(part);
                int number = part.number;
                window.remove(part);
                assertThat(window.find(number)).isNull();
            }
            assertThat(window.outstanding()).isBetween(0, PartWindow.SPAN);
        }
    }
}

package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReceivedPacketsTest {
    private static final long MS = 1_000_000;

    private final ReceivedPackets received = new ReceivedPackets();

    private void receive(long... numbers) {
        for (long number : numbers) {
            received.onReceived(number, true, 0);
        }
    }

    private static List<String> ranges(ReceivedPackets received) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < received.rangeCount(); i++) {
            ranges.add(received.rangeLow(i) + "-" + received.rangeHigh(i));
        }
        return ranges;
    }

    @Test
    void nothingIsDueBeforeTheFirstPacket() {
        assertThat(received.rangeCount()).isZero();
        assertThat(received.largest()).isEqualTo(PacketNumbers.NONE);
        assertThat(received.hasUnreported()).isFalse();
        assertThat(received.ackDeadlineNs()).isEqualTo(Endpoint.NEVER);
        received.onAckAcked(PacketNumbers.NONE);
        assertThat(received.rangeCount()).isZero();
    }

    @Test
    void rangesGrowJoinAndStandNewestFirst() {
        receive(0, 1, 5, 3);
        assertThat(ranges(received)).containsExactly("5-5", "3-3", "0-1");
        receive(4);
        assertThat(ranges(received)).containsExactly("3-5", "0-1");
        receive(2, 2, 4);
        assertThat(ranges(received)).containsExactly("0-5");
    }

    @Test
    void theFirstOfTwoPacketsWaitsAndTheSecondDoesNot() {
        received.onReceived(0, true, 7 * MS);
        assertThat(received.ackDeadlineNs()).isEqualTo(17 * MS);
        assertThat(received.ackDue(17 * MS - 1)).isFalse();
        assertThat(received.ackDue(17 * MS)).isTrue();
        received.onReceived(1, true, 8 * MS);
        assertThat(received.ackDue(8 * MS)).isTrue();
    }

    @Test
    void aPacketThatAsksForNothingMakesNoAckDueButRides() {
        received.onReceived(0, false, 0);
        received.onReceived(1, false, 0);
        received.onReceived(5, false, 0);
        assertThat(received.ackDeadlineNs()).isEqualTo(Endpoint.NEVER);
        assertThat(received.hasUnreported()).isTrue();
    }

    @Test
    void aGapAndALatePacketAreAcknowledgedAtOnce() {
        received.onReceived(0, true, 0);
        received.onAckSent();
        received.onReceived(2, true, 1);
        assertThat(received.ackDeadlineNs()).as("gap").isEqualTo(1);
        received.onAckSent();
        received.onReceived(1, true, 2);
        assertThat(received.ackDeadlineNs()).as("late").isEqualTo(2);
        received.onAckSent();
        received.onReceived(3, true, 3);
        assertThat(received.ackDeadlineNs()).as("in order again").isEqualTo(3 + 10 * MS);
    }

    @Test
    void anAckThatRidesSettlesWhatWasDue() {
        receive(0, 1);
        received.onAckSent();
        assertThat(received.ackDeadlineNs()).isEqualTo(Endpoint.NEVER);
        assertThat(received.hasUnreported()).isFalse();
        receive(2);
        assertThat(received.ackDeadlineNs()).as("counts anew").isEqualTo(10 * MS);
    }

    @Test
    void theDelayIsThatOfTheLargest() {
        received.onReceived(3, true, 100);
        received.onReceived(2, true, 150);
        assertThat(received.ackDelayNs(170)).isEqualTo(70);
    }

    @Test
    void whatThePeerKnowsWeAcknowledgedIsForgottenButForTheLargest() {
        receive(0, 1, 2, 4, 5, 7);
        received.onAckSent();
        received.onAckAcked(4);
        assertThat(ranges(received)).containsExactly("7-7", "5-5");
        received.onAckAcked(7);
        assertThat(ranges(received)).containsExactly("7-7");
    }

    @Test
    void whatCameAfterThatAckIsNotForgottenUnsaid() {
        receive(0, 1, 5);
        received.onAckSent();
        receive(3);
        received.onAckAcked(5);
        assertThat(ranges(received)).containsExactly("5-5", "3-3");
        received.onAckSent();
        received.onAckAcked(5);
        assertThat(ranges(received)).containsExactly("5-5");
    }

    @Test
    void onlyTheNewest32RangesAreKept() {
        for (int i = 0; i < 40; i++) {
            receive(2L * i);
        }
        assertThat(received.rangeCount()).isEqualTo(32);
        assertThat(received.rangeHigh(0)).isEqualTo(78);
        assertThat(received.rangeLow(31)).isEqualTo(16);
        assertThat(received.rangesDropped()).isEqualTo(8);
        receive(3);
        assertThat(received.rangeLow(31)).as("older than all kept").isEqualTo(16);
        receive(17);
        assertThat(received.rangeCount()).isEqualTo(31);
        receive(90, 95, 93);
        assertThat(ranges(received)).hasSize(32).startsWith("95-95", "93-93", "90-90");
    }

    @Test
    void itAnswersAsASetOfNumbers() {
        for (int seed = 0; seed < 200; seed++) {
            compareToSet(new Random(seed), "seed " + seed);
        }
    }

    private static void compareToSet(Random random, String what) {
        var received = new ReceivedPackets();
        NavigableSet<Long> model = new TreeSet<>();
        long next = 0;
        for (int step = 0; step < 300; step++) {
            next += random.nextInt(8) == 0 ? 2 : 1;
            long number = random.nextInt(6) == 0 ? random.nextLong(next) : next;
            boolean old = number < next && (model.isEmpty() || number < model.first());
            if (old) {
                continue; // forgotten, as the replay window would have it
            }
            received.onReceived(number, random.nextBoolean(), step);
            model.add(number);
            keepNewestRanges(model);
            if (random.nextInt(10) == 0) {
                received.onAckSent();
            }
            if (!received.hasUnreported() && random.nextInt(5) == 0) {
                long reported = random.nextLong(next + 1);
                received.onAckAcked(reported);
                model.headSet(Math.min(reported, model.last() - 1), true).clear();
            }
            assertThat(numbers(received)).as("%s, step %d", what, step).isEqualTo(model);
        }
    }

    private static void keepNewestRanges(NavigableSet<Long> model) {
        int ranges = 0;
        long above = Long.MAX_VALUE;
        for (long number : model.descendingSet()) {
            ranges += number + 1 == above ? 0 : 1;
            if (ranges > ReceivedPackets.MAX_RANGES) {
                model.headSet(number, true).clear();
                return;
            }
            above = number;
        }
    }

    private static Set<Long> numbers(ReceivedPackets received) {
        var numbers = new TreeSet<Long>();
        for (int i = 0; i < received.rangeCount(); i++) {
            for (long n = received.rangeLow(i); n <= received.rangeHigh(i); n++) {
                numbers.add(n);
            }
        }
        return numbers;
    }

    @Test
    void lossIsWhatStaysMissing() {
        var random = new Random(5);
        int lost = 0;
        for (long number = 0; number < 10_000; number++) {
            if (number < 9000 && random.nextInt(10) == 0) {
                lost++;
            } else {
                received.onReceived(number, true, number * MS);
            }
            if (number == 8900) {
                assertThat(received.lossRatio()).isCloseTo(0.1, within(0.06));
            }
        }
        assertThat(received.packetsLost()).isEqualTo(lost);
        assertThat(received.packetsReceived()).isEqualTo(10_000 - lost);
        assertThat(received.lossRatio()).as("long ago").isLessThan(0.01);
    }

    @Test
    void whatIsOnlyReorderedIsNotLost() {
        var random = new Random(6);
        for (long block = 0; block < 500; block++) {
            List<Long> numbers = new ArrayList<>();
            for (long i = 0; i < 20; i++) {
                numbers.add(20 * block + i);
            }
            Collections.shuffle(numbers, random);
            for (long number : numbers) {
                received.onReceived(number, true, block * 20 * MS);
            }
        }
        assertThat(received.packetsLost()).isZero();
        assertThat(received.lossRatio()).isZero();
    }
}

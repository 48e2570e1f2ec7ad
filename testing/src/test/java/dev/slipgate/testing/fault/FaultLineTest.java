package dev.slipgate.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultLineTest {
    private static final int DATAGRAMS = 10_000;
    private static final long MS = 1_000_000;

    private final FaultCounts counts = new FaultCounts();

    @Test
    void aPathWithoutFaultsDeliversEverythingAtOnceAndInOrder() {
        List<FaultLine.Delivery> deliveries = run(FaultPlan.symmetric(1, FaultRates.NONE));

        assertThat(numbers(deliveries)).hasSize(DATAGRAMS).isSorted();
        assertThat(deliveries.get(17).atNs()).isEqualTo(17 * MS);
    }

    @Test
    void theSameSeedMakesTheSameDecisionsAndAnotherSeedOthers() {
        FaultRates rates =
                FaultRates.NONE
                        .withLoss(0.1)
                        .withDuplication(0.1)
                        .withReordering(0.1, 20)
                        .withDelay(5, 5)
                        .withCorruption(0.1);

        assertThat(run(FaultPlan.symmetric(7, rates)))
                .isEqualTo(run(FaultPlan.symmetric(7, rates)))
                .isNotEqualTo(run(FaultPlan.symmetric(8, rates)));
    }

    @Test
    void neighbouringFlowsAndDirectionsDecideDifferently() {
        FaultPlan plan = FaultPlan.symmetric(7, FaultRates.NONE.withLoss(0.5));

        assertThat(feed(plan.upLine(0, counts)))
                .isNotEqualTo(feed(plan.upLine(1, counts)))
                .isNotEqualTo(feed(plan.downLine(0, counts)));
    }

    @Test
    void lossLosesItsShare() {
        List<FaultLine.Delivery> deliveries =
                run(FaultPlan.symmetric(1, FaultRates.NONE.withLoss(0.1)));

        assertThat(counts.totals().lost()).isBetween(900L, 1100L);
        assertThat((long) deliveries.size()).isEqualTo(DATAGRAMS - counts.totals().lost());
        assertThat(numbers(deliveries)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void duplicationDeliversItsShareTwiceAndLater() {
        List<FaultLine.Delivery> deliveries =
                run(FaultPlan.symmetric(1, FaultRates.NONE.withDuplication(0.2)));

        long duplicated = counts.totals().duplicated();
        assertThat(duplicated).isBetween(1850L, 2150L);
        assertThat((long) deliveries.size()).isEqualTo(DATAGRAMS + duplicated);
        assertThat(numbers(deliveries).stream().distinct().count()).isEqualTo(DATAGRAMS);
    }

    @Test
    void reorderingLetsLaterDatagramsOvertakeAndLosesNone() {
        List<FaultLine.Delivery> deliveries =
                run(FaultPlan.symmetric(1, FaultRates.NONE.withReordering(0.1, 20)));

        assertThat(counts.totals().reordered()).isBetween(900L, 1100L);
        assertThat(numbers(byTime(deliveries))).hasSize(DATAGRAMS).doesNotHaveDuplicates();
        assertThat(overtaken(byTime(deliveries))).isBetween(850L, 1150L);
    }

    @Test
    void delayAndJitterKeepTheOrderAndTheirBounds() {
        List<FaultLine.Delivery> deliveries =
                run(FaultPlan.symmetric(1, FaultRates.NONE.withDelay(30, 10)));

        assertThat(numbers(byTime(deliveries))).hasSize(DATAGRAMS).isSorted();
        for (FaultLine.Delivery delivery : deliveries) {
            long tookNs = delivery.atNs() - number(delivery) * MS;
            assertThat(tookNs).isBetween(30 * MS, 40 * MS);
        }
    }

    @Test
    void corruptionFlipsOneToThreeBitsOfItsShare() {
        FaultLine line =
                FaultPlan.symmetric(1, FaultRates.NONE.withCorruption(0.3)).upLine(0, counts);
        int changed = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            int flipped = flippedBits(line.offer(new byte[64], 0).getFirst().datagram());
            assertThat(flipped).isBetween(0, 3);
            changed += flipped > 0 ? 1 : 0;
        }

        assertThat(changed).isBetween(2850, 3150);
        assertThat(counts.totals().corrupted()).isEqualTo(changed);
    }

    @Test
    void anEmptyDatagramSurvivesCorruption() {
        FaultLine line =
                FaultPlan.symmetric(1, FaultRates.NONE.withCorruption(1)).upLine(0, counts);

        assertThat(line.offer(new byte[0], 0)).hasSize(1);
    }

    @Test
    void theFirstDatagramsPassUntouchedWhenThePlanSaysSo() {
        FaultPlan plan = FaultPlan.symmetric(1, FaultRates.NONE.withLoss(1)).withCleanFirst(3);

        assertThat(numbers(run(plan))).containsExactly(0, 1, 2);
        assertThat(counts.totals().clean()).isEqualTo(3);
    }

    @Test
    void changingOneRateLeavesTheOtherDecisionsAsTheyWere() {
        List<Integer> lossOnly =
                numbers(run(FaultPlan.symmetric(3, FaultRates.NONE.withLoss(0.2))));
        FaultRates more = FaultRates.NONE.withLoss(0.2).withDelay(9, 9).withCorruption(0.5);
        long delivered = run(FaultPlan.symmetric(3, more)).size();

        assertThat(delivered).isEqualTo(lossOnly.size());
    }

    private List<FaultLine.Delivery> run(FaultPlan plan) {
        return feed(plan.upLine(0, counts));
    }

    /** One datagram per millisecond, each with its number. */
    private static List<FaultLine.Delivery> feed(FaultLine line) {
        var deliveries = new ArrayList<FaultLine.Delivery>();
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] datagram = ByteBuffer.allocate(8).putInt(i).array();
            deliveries.addAll(line.offer(datagram, i * MS));
        }
        return deliveries;
    }

    private static List<FaultLine.Delivery> byTime(List<FaultLine.Delivery> deliveries) {
        var sorted = new ArrayList<>(deliveries);
        sorted.sort((a, b) -> Long.compare(a.atNs(), b.atNs()));
        return sorted;
    }

    private static long overtaken(List<FaultLine.Delivery> arrivals) {
        int highest = -1;
        long late = 0;
        for (FaultLine.Delivery delivery : arrivals) {
            late += number(delivery) < highest ? 1 : 0;
            highest = Math.max(highest, number(delivery));
        }
        return late;
    }

    private static List<Integer> numbers(List<FaultLine.Delivery> deliveries) {
        return deliveries.stream().map(FaultLineTest::number).toList();
    }

    private static int number(FaultLine.Delivery delivery) {
        return delivery.datagram().getInt(0);
    }

    private static int flippedBits(ByteBuffer datagram) {
        int bits = 0;
        while (datagram.hasRemaining()) {
            bits += Integer.bitCount(datagram.get() & 0xff);
        }
        return bits;
    }
}

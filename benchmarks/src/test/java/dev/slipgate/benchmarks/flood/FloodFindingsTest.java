package dev.slipgate.benchmarks.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.Goal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodFindingsTest {
    private static final FloodPlan PLAN = new FloodPlan(10_000, 64, 2000, new Timing(3, 10, 10));
    private static final int HEAP = 20_000_000;

    @Test
    void theRoundTripMayBeTwiceTheBaselinesMedianAndFiveMilliseconds() {
        List<FloodPhase> baselines = List.of(p99(1), p99(3), p99(90));

        assertThat(goal(baselines, List.of(p99(2), p99(11), p99(50)), 0).met()).isTrue();
        assertThat(goal(baselines, List.of(p99(2), p99(11.1), p99(50)), 0).met()).isFalse();
    }

    @Test
    void oneGenuineClientThatIsTooLateMissesTheGoal() {
        List<FloodPhase> baselines = List.of(p99(1));

        assertThat(goal(baselines, List.of(p99(1), newcomer(2000, 0)), 1).met()).isTrue();
        assertThat(goal(baselines, List.of(p99(1), newcomer(2001, 0)), 1).met()).isFalse();
        assertThat(goal(baselines, List.of(p99(1), newcomer(10, 1)), 1).met()).isFalse();
    }

    @Test
    void theBudgetOfHandshakesHoldsInEveryRound() {
        assertThat(goal(List.of(p99(1)), List.of(computed(300), computed(1000)), 2).met()).isTrue();
        assertThat(goal(List.of(p99(1)), List.of(computed(300), computed(1001)), 2).met())
                .isFalse();
    }

    @Test
    void theLiveHeapStaysWithinATenth() {
        assertThat(goal(List.of(heap(HEAP)), List.of(heap(HEAP * 11 / 10)), 3).met()).isTrue();
        assertThat(goal(List.of(heap(HEAP)), List.of(heap(HEAP * 12 / 10)), 3).met()).isFalse();
        assertThat(new FloodFindings(PLAN, List.of(p99(1)), List.of(heap(0))).goals()).hasSize(3);
    }

    @Test
    void aFloodBelowItsRateProvesNothing() {
        assertThat(new FloodFindings(PLAN, List.of(p99(1)), List.of(p99(1))).sound()).isTrue();
        assertThat(new FloodFindings(PLAN, List.of(p99(1)), List.of(sent(8000))).sound()).isFalse();
    }

    @Test
    void thePrintedReportHasBothPhasesAndTheGoals() {
        var text = new StringWriter();
        new FloodFindings(PLAN, List.of(p99(1)), List.of(p99(2)))
                .print(new PrintWriter(text, true));

        assertThat(text.toString())
                .contains("wrong magic: sent 10000")
                .contains("first flights: sent 10000")
                .contains("2 x baseline + 5 ms: 2.00 ms, goal <= 7.0 ms: met")
                .doesNotContain("UNSOUND");
    }

    private static Goal goal(List<FloodPhase> baselines, List<FloodPhase> floods, int index) {
        return new FloodFindings(PLAN, baselines, floods).goals().get(index);
    }

    private static FloodPhase p99(double ms) {
        return phase(10_000, ms, 100, 0, 10, HEAP);
    }

    private static FloodPhase newcomer(double slowestMs, int failed) {
        return phase(10_000, 1, 100, failed, slowestMs, HEAP);
    }

    private static FloodPhase computed(double perSecond) {
        return phase(10_000, 1, perSecond, 0, 10, HEAP);
    }

    private static FloodPhase heap(long bytes) {
        return phase(10_000, 1, 100, 0, 10, bytes);
    }

    private static FloodPhase sent(double perSecond) {
        return phase(perSecond, 1, 100, 0, 10, HEAP);
    }

    private static FloodPhase phase(
            double sent, double p99Ms, double computed, int failed, double slowestMs, long heap) {
        return new FloodPhase(
                sent, sent, 20_000, 0, 0.5, p99Ms, computed, 20, failed, slowestMs, heap);
    }
}

package dev.slipgate.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    @Test
    void theTextOfAnyPlanReadsBackAsThePlan() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            FaultRates up = anyRates(random);
            FaultRates down = random.nextBoolean() ? up : anyRates(random);
            var plan =
                    new FaultPlan(
                            random.nextLong(), up, down, random.nextInt(5000), random.nextInt(9));

            assertThat(FaultPlan.parse(plan.toString())).isEqualTo(plan);
        }
    }

    @Test
    void theTextNamesOnlyWhatThePlanDoes() {
        FaultPlan plan = FaultPlan.symmetric(7, FaultRates.NONE.withLoss(0.1)).withCleanFirst(2);

        assertThat(plan).hasToString("seed=7,loss=0.1,clean-first=2");
    }

    @Test
    void aPrefixedKeyMeansOneDirection() {
        FaultPlan plan = FaultPlan.parse("seed=1 loss=0.2, down.loss=0.05 up.delay-ms=30");

        assertThat(plan.up()).isEqualTo(FaultRates.NONE.withLoss(0.2).withDelay(30, 0));
        assertThat(plan.down()).isEqualTo(FaultRates.NONE.withLoss(0.05));
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertThatThrownBy(() -> FaultPlan.parse("seed=1,los=0.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'los'");
    }

    @Test
    void aValueThatIsNoNumberOrNoShareIsNamed() {
        assertThatThrownBy(() -> FaultPlan.parse("loss=much")).hasMessageContaining("loss=much");
        assertThatThrownBy(() -> FaultPlan.parse("loss")).hasMessageContaining("'loss'");
        assertThatThrownBy(() -> FaultPlan.parse("loss=1.5")).hasMessageContaining("1.5");
        assertThatThrownBy(() -> FaultPlan.parse("loss=NaN")).hasMessageContaining("NaN");
        assertThatThrownBy(() -> FaultPlan.parse("delay-ms=-1")).hasMessageContaining("-1");
    }

    private static FaultRates anyRates(SplittableRandom random) {
        return FaultRates.NONE
                .withLoss(random.nextDouble())
                .withDuplication(random.nextInt(2))
                .withReordering(random.nextDouble(), 1 + random.nextInt(100))
                .withDelay(random.nextInt(100), random.nextInt(3))
                .withCorruption(random.nextDouble() * 1e-9);
    }
}

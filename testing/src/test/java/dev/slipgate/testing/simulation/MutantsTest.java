package dev.slipgate.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation can fail: it finds every planted fault within the seeds of an ordinary run. */
class MutantsTest {
    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(Mutant mutant) {
        String failure = mutant.firstFailure(SimulationTest.SEEDS);
        assertThat(failure).as("what the simulation says").isNotNull();
        System.out.println(mutant + ": " + failure.lines().findFirst().orElse(""));
    }
}

package dev.slipgate.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation can fail: it finds every planted fault within the seeds of an ordinary run. */
class MutantsTest {
    static List<Mutant> all() {
        return Mutant.all();
    }

    /** So that what fails below fails for its fault, and not for how it is planted. */
    @Test
    void withoutAFaultNothingIsFound() {
        assertThat(new Mutant("none", List.of()).firstFailure(3)).isNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPlantedFaultIsFound(Mutant mutant) {
        String failure = mutant.firstFailure(SimulationTest.SEEDS);
        assertThat(failure).as("what the simulation says").isNotNull();
        System.out.println(mutant + ": " + failure.lines().findFirst().orElse(""));
    }
}

package dev.slipgate.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The promises of the native protocol, on every seed. {@code -Dslipgate.seed=N} runs one seed,
 * {@code -Dslipgate.seeds=N} so many.
 */
class SimulationTest {
    static final int SEEDS = 500;

    @Test
    void everySeedKeepsEveryPromise() {
        var campaign = new Campaign();
        Long one = Long.getLong("slipgate.seed");
        long begunNs = System.nanoTime();
        String failure =
                one != null
                        ? campaign.run(one, 1)
                        : campaign.run(1, Integer.getInteger("slipgate.seeds", SEEDS));
        long tookMs = (System.nanoTime() - begunNs) / Agenda.MS;
        System.out.printf("simulation: %s%n  took %d ms%n", campaign.totals(), tookMs);
        assertThat(failure).isNull();
    }
}

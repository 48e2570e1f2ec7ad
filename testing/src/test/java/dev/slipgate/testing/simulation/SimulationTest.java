package dev.slipgate.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * The promises of the native protocol, on every seed. {@code -Dslipgate.seed=N} runs one seed,
 * {@code -Dslipgate.seeds=N} so many.
 */
class SimulationTest {
    static final int SEEDS = 500;
    private static final long ANY_SEED = 12;

    /** What a failure prints would else be of no use. */
    @Test
    void aSeedIsTheSameWorldEachTime() {
        var first = new World(ANY_SEED);
        var second = new World(ANY_SEED);
        first.run();
        second.run();
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.totals()).hasToString(first.totals().toString());
    }

    @Test
    void everySeedKeepsEveryPromise() {
        var campaign = new Campaign();
        Long one = Long.getLong("slipgate.seed");
        var threads = ManagementFactory.getThreadMXBean();
        long begunNs = threads.getCurrentThreadCpuTime();
        String failure =
                one != null
                        ? campaign.run(one, 1)
                        : campaign.run(1, Integer.getInteger("slipgate.seeds", SEEDS));
        long tookMs = (threads.getCurrentThreadCpuTime() - begunNs) / Agenda.MS;
        System.out.printf("simulation: %s%n  took %d ms of CPU%n", campaign.totals(), tookMs);
        assertThat(failure).isNull();
    }
}

package dev.slipgate.benchmarks.handshakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.chain.Protocol;
import dev.slipgate.benchmarks.measure.ProcessCost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeFindingsTest {
    private static final HandshakePlan PLAN =
            new HandshakePlan(Protocol.SLIPGATE, 64, new Timing(3, 10, 10));

    @Test
    void aCoreDoesAsManyAsItsTimeHoldsTheCostOfOne() {
        var text = new StringWriter();
        new HandshakeFindings(PLAN, List.of(run(1000, 0), run(500, 0), run(250, 0)))
                .print(new PrintWriter(text, true));

        assertThat(text.toString())
                .contains("handshakes per second and core of the gateway: 2000 (1000..4000)")
                .contains("CPU us per handshake 500 (250..1000)")
                .doesNotContain("UNSOUND");
    }

    @Test
    void aClientThatFailedMakesTheRunUnsound() {
        assertThat(new HandshakeFindings(PLAN, List.of(run(500, 0))).sound()).isTrue();
        assertThat(new HandshakeFindings(PLAN, List.of(run(500, 1))).sound()).isFalse();
    }

    private static HandshakeRun run(double cpuUs, long failed) {
        return new HandshakeRun(
                900,
                9000,
                failed,
                20,
                40,
                0.9,
                List.of(new ProcessCost("gateway", cpuUs, 30_000, 0.9)));
    }
}

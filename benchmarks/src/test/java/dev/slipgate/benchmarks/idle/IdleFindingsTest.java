package dev.slipgate.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.benchmarks.chain.Protocol;
import dev.slipgate.benchmarks.measure.ProcessMemory;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class IdleFindingsTest {
    private static final IdlePlan PLAN = new IdlePlan(Protocol.SLIPGATE, 1000, 10);

    @Test
    void whatTheProcessesGrewByIsSharedOut() {
        var text = new StringWriter();
        findings(1000, null).print(new PrintWriter(text, true));

        assertThat(text.toString())
                .contains("gateway: process memory 1,000,000 to 9,000,000 bytes, 8,000 per session")
                .contains("live heap 500,000 to 4,500,000 bytes, 4,000 per session")
                .contains("node: process memory 2,000,000 to 4,000,000 bytes, 2,000 per session")
                .doesNotContain("UNSOUND");
    }

    @Test
    void sessionsThatEndedWereNotIdle() {
        assertThat(findings(1000, null).sound()).isTrue();
        assertThat(findings(999, null).sound()).isFalse();
        assertThat(findings(1000, "client 3: closed").sound()).isFalse();
    }

    private static IdleFindings findings(long living, String failure) {
        return new IdleFindings(
                PLAN,
                memory(1_000_000, 500_000, 2_000_000, 300_000),
                memory(9_000_000, 4_500_000, 4_000_000, 900_000),
                3,
                living,
                failure);
    }

    private static IdleFindings.Memory memory(
            long gatewayResident, long gatewayHeap, long nodeResident, long nodeHeap) {
        return new IdleFindings.Memory(
                new ProcessMemory(gatewayResident, gatewayHeap),
                new ProcessMemory(nodeResident, nodeHeap));
    }
}

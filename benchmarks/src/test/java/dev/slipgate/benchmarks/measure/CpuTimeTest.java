package dev.slipgate.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    @Test
    void aProcessNameMayHoldBracketsAndBlanks() {
        String stat =
                "4711 (a) (b c)) S 1 4711 4711 0 -1 4194304 100 0 0 0 250 50 9 9 20 0 1 0 100";

        assertThat(CpuTime.parseProcessStat(stat)).isEqualTo(3_000_000_000L);
    }

    @Test
    void aCoreIsBusyWithAllButIdlingWaitingAndStolenTime() {
        assertThat(CpuTime.parseCoreLine("cpu0 1 2 4 1000 2000 8 16 4000 0 0"))
                .isEqualTo(310_000_000L);
    }

    @Test
    void workShowsInTheTimeOfThisProcess() throws IOException {
        assumeThat(Files.exists(Path.of("/proc/self/stat"))).isTrue();
        long pid = ProcessHandle.current().pid();
        long beforeNs = CpuTime.ofProcessNs(pid);
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (CpuTime.ofProcessNs(pid) - beforeNs < 50_000_000 && System.nanoTime() < deadlineNs) {
            // Spinning is the work.
        }

        assertThat(CpuTime.ofProcessNs(pid) - beforeNs).isGreaterThanOrEqualTo(50_000_000);
    }

    @Test
    void theKernelsListOfCoresIsRead() {
        assertThat(Core.parseList("0-2,5,7-8")).containsExactly(0, 1, 2, 5, 7, 8);
        assertThat(Core.of(List.of(2, 3, 5))).isEqualTo(new Core(2, "3,5"));
    }
}

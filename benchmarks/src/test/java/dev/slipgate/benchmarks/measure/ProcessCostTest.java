package dev.slipgate.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipgate.benchmarks.measure.ProcessMeter.Sample;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessCostTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void costIsWhatWasSpentBetweenTwoReadingsPerMessage() {
        ProcessCost cost =
                ProcessCost.between(
                        "gateway",
                        new Sample(SECOND_NS, 1000),
                        new Sample(3 * SECOND_NS, 61_000),
                        500_000,
                        4 * SECOND_NS);

        assertThat(cost).isEqualTo(new ProcessCost("gateway", 4.0, 0.12, 0.5));
    }

    @Test
    void whatAProcessDoesNotTellStaysUnknown() {
        var silent = new Sample(ProcessMeter.UNKNOWN, ProcessMeter.UNKNOWN);
        var native_ = new Sample(SECOND_NS, ProcessMeter.UNKNOWN);

        assertThat(ProcessCost.between("x", silent, silent, 5, 5).cpuUsPerMessage())
                .isEqualTo(ProcessMeter.UNKNOWN);
        assertThat(ProcessCost.between("c", native_, native_, 5, 5).bytesPerMessage())
                .isEqualTo(ProcessMeter.UNKNOWN);
    }

    @Test
    void withoutMessagesThereIsNoCostPerMessage() {
        Sample sample = new Sample(0, 0);

        assertThat(ProcessCost.between("x", sample, sample, 0, 5).cpuUsPerMessage())
                .isEqualTo(ProcessMeter.UNKNOWN);
    }

    @Test
    void statsAreReadFromTheProcessSection() throws IOException {
        assertThat(
                        ProcessMeter.OfStats.sample(
                                JSON.readTree(
                                        "{\"process\":{\"cpuNs\":5,\"allocatedBytes\":7},\"links\":{}}")))
                .isEqualTo(new Sample(5, 7));
        assertThatThrownBy(() -> ProcessMeter.OfStats.sample(JSON.readTree("{}")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void residentMemoryIsReadFromTheKernelsPage() throws IOException {
        assertThat(ProcessMemory.resident(List.of("Name:\tjava", "VmRSS:\t  2048 kB")))
                .isEqualTo(2 << 20);
        assertThatThrownBy(() -> ProcessMemory.resident(List.of())).isInstanceOf(IOException.class);
    }

    @Test
    void growthIsSharedOut() {
        var before = new ProcessMemory(100_000, 40_000);
        var after = new ProcessMemory(600_000, 240_000);

        assertThat(after.grownSince(before, 100)).isEqualTo(new ProcessMemory.PerUnit(5000, 2000));
    }
}

package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadFigures;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.Pace;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.measure.ProcessReadings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs timed phases of a load and reads, right before and after, what the processes have spent. */
final class Measurement {
    private final ProcessReadings readings;

    /**
     * @param meters the server's first
     */
    Measurement(List<ProcessMeter> meters, Optional<Core> core) {
        this.readings = new ProcessReadings(meters, core);
    }

    MeasuredRun run(LoadGenerator load, Pace pace, long durationNs) throws IOException {
        ProcessReadings.Reading before = readings.read();
        var atEnd = new ArrayList<ProcessReadings.Reading>();
        LoadFigures figures = load.run(pace, durationNs, () -> atEnd.add(readings.readUnchecked()));
        ProcessReadings.Reading after = atEnd.getFirst();
        return MeasuredRun.of(
                figures,
                readings.coreBusy(before, after),
                readings.costs(before, after, figures.echoed()));
    }
}

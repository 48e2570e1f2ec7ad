package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadFigures;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.Pace;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.CpuTime;
import dev.slipgate.benchmarks.measure.ProcessCost;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs timed phases of a load and reads, right before and after, what the processes have spent. */
final class Measurement {
    private static final double NO_CORE = -1;

    private final List<ProcessMeter> meters;
    private final Optional<Core> core;

    /**
     * @param meters the server's first
     */
    Measurement(List<ProcessMeter> meters, Optional<Core> core) {
        this.meters = meters;
        this.core = core;
    }

    /** The totals of all processes and of the server's core at one moment. */
    private record Reading(List<ProcessMeter.Sample> samples, long coreBusyNs, long atNs) {}

    MeasuredRun run(LoadGenerator load, Pace pace, long durationNs) throws IOException {
        var readings = new ArrayList<Reading>();
        readings.add(read());
        LoadFigures figures = load.run(pace, durationNs, () -> readings.add(readUnchecked()));
        Reading before = readings.getFirst();
        Reading after = readings.getLast();
        double tookNs = after.atNs - before.atNs;
        double busy = core.isPresent() ? (after.coreBusyNs - before.coreBusyNs) / tookNs : NO_CORE;
        var costs = new ArrayList<ProcessCost>();
        for (int i = 0; i < meters.size(); i++) {
            costs.add(
                    ProcessCost.between(
                            meters.get(i).name(),
                            before.samples.get(i),
                            after.samples.get(i),
                            figures.echoed(),
                            (long) tookNs));
        }
        return MeasuredRun.of(figures, busy, costs);
    }

    private Reading read() throws IOException {
        var samples = new ArrayList<ProcessMeter.Sample>();
        for (ProcessMeter meter : meters) {
            samples.add(meter.sample());
        }
        long busyNs = core.isPresent() ? CpuTime.ofCoreBusyNs(core.get().server()) : 0;
        return new Reading(samples, busyNs, System.nanoTime());
    }

    private Reading readUnchecked() {
        try {
            return read();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}

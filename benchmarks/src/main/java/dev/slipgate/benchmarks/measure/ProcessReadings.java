package dev.slipgate.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads, right before and after a timed phase, what processes and the server's core have spent. */
public final class ProcessReadings {
    /** The busy share of a core that there is not. */
    public static final double NO_CORE = -1;

    private final List<ProcessMeter> meters;
    private final Optional<Core> core;

    /** Of these processes; the core is the server's. */
    public ProcessReadings(List<ProcessMeter> meters, Optional<Core> core) {
        this.meters = List.copyOf(meters);
        this.core = core;
    }

    /** The totals of all processes and of the server's core at one moment. */
    public record Reading(List<ProcessMeter.Sample> samples, long coreBusyNs, long atNs) {}

    /**
     * Reads now.
     *
     * @throws IOException when a process is gone
     */
    public Reading read() throws IOException {
        var samples = new ArrayList<ProcessMeter.Sample>();
        for (ProcessMeter meter : meters) {
            samples.add(meter.sample());
        }
        long busyNs = core.isPresent() ? CpuTime.ofCoreBusyNs(core.get().server()) : 0;
        return new Reading(List.copyOf(samples), busyNs, System.nanoTime());
    }

    /** {@link #read} where nothing may be thrown. */
    public Reading readUnchecked() {
        try {
            return read();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What each process spent between two readings on each of so many operations. */
    public List<ProcessCost> costs(Reading before, Reading after, long operations) {
        var costs = new ArrayList<ProcessCost>();
        for (int i = 0; i < meters.size(); i++) {
            costs.add(
                    ProcessCost.between(
                            meters.get(i).name(),
                            before.samples.get(i),
                            after.samples.get(i),
                            operations,
                            after.atNs - before.atNs));
        }
        return costs;
    }

    /** The share of the time in which the server's core did not idle, or {@link #NO_CORE}. */
    public double coreBusy(Reading before, Reading after) {
        double tookNs = after.atNs - before.atNs;
        return core.isPresent() ? (after.coreBusyNs - before.coreBusyNs) / tookNs : NO_CORE;
    }
}

package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadFigures;
import dev.slipgate.benchmarks.measure.ProcessCost;
import java.util.List;

/**
 * One timed phase against one server.
 *
 * @param packetsDownPerMessage 1.0 when every echo came in a packet of its own
 * @param serverCoreBusy share of time in which the server's core did not idle; below 0 when the
 *     server has no core of its own
 * @param processes the server first
 */
record MeasuredRun(
        double messagesPerSecond,
        long echoed,
        long lost,
        long duplicates,
        long late,
        long changed,
        long blocked,
        long refused,
        double packetsDownPerMessage,
        double rttP50Us,
        double rttP99Us,
        double rttP999Us,
        double serverCoreBusy,
        List<ProcessCost> processes) {
    /** A server with less to do than this is not at its limit. */
    static final double BUSY = 0.95;

    static MeasuredRun of(LoadFigures figures, double serverCoreBusy, List<ProcessCost> processes) {
        return new MeasuredRun(
                figures.rate(),
                figures.echoed(),
                figures.lost(),
                figures.duplicates(),
                figures.late(),
                figures.changed(),
                figures.blocked(),
                figures.refused(),
                figures.echoed() == 0 ? 0 : (double) figures.datagramsDown() / figures.echoed(),
                figures.rttUs(50),
                figures.rttUs(99),
                figures.rttUs(99.9),
                serverCoreBusy,
                processes);
    }

    /** CPU of the server per echoed message. */
    double serverCpuUs() {
        return processes.getFirst().cpuUsPerMessage();
    }

    /** What others took of the server's core, 0.0 up; the kernel's threads count as others. */
    double takenByOthers() {
        return Math.max(0, serverCoreBusy - processes.getFirst().cpuShare());
    }

    /** Whether the server's core was the limit. */
    boolean serverWasTheLimit() {
        return serverCoreBusy >= BUSY;
    }
}

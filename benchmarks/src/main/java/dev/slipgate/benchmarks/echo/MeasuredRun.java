package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadFigures;
import dev.slipgate.benchmarks.measure.ProcessCost;
import java.util.List;

/**
 * One timed phase against one server.
 *
 * @param up what the clients sent
 * @param down what came back
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
        Packets up,
        Packets down,
        double rttP50Us,
        double rttP99Us,
        double rttP999Us,
        double serverCoreBusy,
        List<ProcessCost> processes) {
    /**
     * Packets of one direction.
     *
     * @param perMessage 1.0 when every message came in a packet of its own
     * @param bytesEach on average, without IP and UDP headers
     */
    record Packets(double perMessage, double bytesEach) {
        static Packets of(LoadFigures.Traffic traffic, long messages) {
            return new Packets(
                    messages == 0 ? 0 : (double) traffic.datagrams() / messages,
                    traffic.bytesEach());
        }
    }

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
                Packets.of(figures.up(), figures.sent()),
                Packets.of(figures.down(), figures.echoed()),
                figures.rttUs(50),
                figures.rttUs(99),
                figures.rttUs(99.9),
                serverCoreBusy,
                processes);
    }

    /** What a core of the server's would echo per second at this cost. */
    double perCoreAndSecond() {
        return 1e6 / serverCpuUs();
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

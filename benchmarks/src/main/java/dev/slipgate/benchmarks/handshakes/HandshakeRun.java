package dev.slipgate.benchmarks.handshakes;

import dev.slipgate.benchmarks.load.ConnectFigures;
import dev.slipgate.benchmarks.measure.ProcessCost;
import java.util.List;

/**
 * One timed phase.
 *
 * @param p50Ms from a client's first packet to being connected
 * @param gatewayCoreBusy share of time in which the gateway's core did not idle; below 0 when it
 *     has none of its own
 * @param processes what each spent per handshake, the gateway first
 */
record HandshakeRun(
        double perSecond,
        long connected,
        long failed,
        double p50Ms,
        double p99Ms,
        double gatewayCoreBusy,
        List<ProcessCost> processes) {

    static HandshakeRun of(
            ConnectFigures figures, double gatewayCoreBusy, List<ProcessCost> processes) {
        return new HandshakeRun(
                figures.rate(),
                figures.connected(),
                figures.failed(),
                figures.tookMs(50),
                figures.tookMs(99),
                gatewayCoreBusy,
                processes);
    }

    /** CPU of the gateway per handshake. */
    double gatewayCpuUs() {
        return processes.getFirst().cpuUsPerMessage();
    }

    /** What a core of the gateway's would do per second at this cost. */
    double perCoreAndSecond() {
        return 1e6 / gatewayCpuUs();
    }
}

package dev.slipgate.benchmarks.handshakes;

import dev.slipgate.benchmarks.Goal;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.measure.ProcessCost;
import dev.slipgate.benchmarks.measure.Spread;
import java.io.PrintWriter;
import java.util.List;

/** What the handshakes scenario found. */
record HandshakeFindings(HandshakePlan plan, List<HandshakeRun> runs) implements Scenario.Findings {
    /** What {@code --json} prints of this scenario. */
    record Json(HandshakePlan plan, List<HandshakeRun> runs, Spread perCore, boolean sound) {}

    @Override
    public boolean sound() {
        return runs.stream().allMatch(run -> run.connected() > 0 && run.failed() == 0);
    }

    /** None is set. */
    @Override
    public List<Goal> goals() {
        return List.of();
    }

    private Spread perCore() {
        return Spread.of(runs, HandshakeRun::perCoreAndSecond);
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                "%s: %d clients at once that connect, as far as the node, and leave%n",
                plan.protocol(), plan.connecting());
        out.printf(
                "%s handshakes/s, failed %d, gateway core busy %s%n",
                Spread.of(runs, HandshakeRun::perSecond).text(0),
                runs.stream().mapToLong(HandshakeRun::failed).sum(),
                runs.getFirst().gatewayCoreBusy() < 0
                        ? "unknown"
                        : Spread.of(runs, HandshakeRun::gatewayCoreBusy).text(2));
        out.printf(
                "  connected after ms: p50 %s, p99 %s%n",
                Spread.of(runs, HandshakeRun::p50Ms).text(1),
                Spread.of(runs, HandshakeRun::p99Ms).text(1));
        for (int i = 0; i < runs.getFirst().processes().size(); i++) {
            print(i, out);
        }
        out.printf("handshakes per second and core of the gateway: %s%n", perCore().text(0));
        if (!sound()) {
            out.println("UNSOUND: some clients were not connected");
        }
    }

    private void print(int index, PrintWriter out) {
        List<ProcessCost> costs = runs.stream().map(run -> run.processes().get(index)).toList();
        out.printf(
                "  %-14s CPU us per handshake %s, of a core %s, allocated bytes %s%n",
                costs.getFirst().name(),
                Spread.of(costs, ProcessCost::cpuUsPerMessage).text(0),
                Spread.of(costs, ProcessCost::cpuShare).text(2),
                Spread.of(costs, ProcessCost::bytesPerMessage).text(0));
    }

    @Override
    public Object json() {
        return new Json(plan, runs, perCore(), sound());
    }
}

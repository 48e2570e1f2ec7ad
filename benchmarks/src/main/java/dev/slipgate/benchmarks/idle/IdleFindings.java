package dev.slipgate.benchmarks.idle;

import dev.slipgate.benchmarks.Goal;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.measure.ProcessMemory;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the idle scenario found.
 *
 * @param connectS until all were connected
 * @param living sessions that the gateway still had behind the last reading
 * @param failure of a client's session, or null
 */
record IdleFindings(
        IdlePlan plan,
        Memory before,
        Memory after,
        double connectS,
        long living,
        @Nullable String failure)
        implements Scenario.Findings {
    /** Of the two processes that know the sessions. */
    record Memory(ProcessMemory gateway, ProcessMemory node) {}

    /** What {@code --json} prints of this scenario. */
    record Json(
            IdlePlan plan,
            Memory before,
            Memory after,
            ProcessMemory.PerUnit gatewayPerSession,
            ProcessMemory.PerUnit nodePerSession,
            boolean sound) {}

    @Override
    public boolean sound() {
        return failure == null && living >= plan.sessions();
    }

    /** None is set. */
    @Override
    public List<Goal> goals() {
        return List.of();
    }

    private ProcessMemory.PerUnit gatewayPerSession() {
        return after.gateway.grownSince(before.gateway, plan.sessions());
    }

    private ProcessMemory.PerUnit nodePerSession() {
        return after.node.grownSince(before.node, plan.sessions());
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                "%s: %d sessions, connected in %.0f s, idle for %d s; %d alive at the end%n",
                plan.protocol(), plan.sessions(), connectS, plan.seconds(), living);
        print("gateway", before.gateway, after.gateway, gatewayPerSession(), out);
        print("node", before.node, after.node, nodePerSession(), out);
        if (!sound()) {
            out.println("UNSOUND: sessions ended, " + (failure == null ? "unseen" : failure));
        }
    }

    private static void print(
            String name,
            ProcessMemory before,
            ProcessMemory after,
            ProcessMemory.PerUnit each,
            PrintWriter out) {
        out.printf(
                "%s: process memory %,d to %,d bytes, %,.0f per session; live heap %,d to %,d"
                        + " bytes, %,.0f per session%n",
                name,
                before.residentBytes(),
                after.residentBytes(),
                each.residentBytes(),
                before.liveHeapBytes(),
                after.liveHeapBytes(),
                each.liveHeapBytes());
    }

    @Override
    public Object json() {
        return new Json(plan, before, after, gatewayPerSession(), nodePerSession(), sound());
    }
}

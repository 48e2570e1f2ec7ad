package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.Goal;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessCost;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.measure.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the echo scenario found; the gateway's result is the first of each list.
 *
 * @param first at the highest rate, or at the given one
 * @param half at half the gateway's highest rate; empty when that was not measured
 */
record EchoFindings(
        EchoPlan plan, Optional<Core> core, List<EchoResult> first, List<EchoResult> half)
        implements Scenario.Findings {
    /** What kernel threads may take of a server's core before the report names it. */
    private static final double TOLERATED_OTHERS = 0.1;

    private static final String EPOLL = "epoll";

    /** What {@code --json} prints of this scenario. */
    record Json(EchoPlan plan, List<EchoResult> results, List<Goal> goals, boolean sound) {}

    @Override
    public boolean sound() {
        return results().stream()
                .flatMap(result -> result.runs().stream())
                .allMatch(run -> run.echoed() > 0 && run.changed() == 0 && run.duplicates() == 0);
    }

    private List<EchoResult> results() {
        var all = new ArrayList<>(first);
        all.addAll(half);
        return all;
    }

    @Override
    public List<Goal> goals() {
        var goals = new ArrayList<Goal>();
        if (plan.messages().perPacket() > 1) {
            return goals;
        }
        for (List<EchoResult> results : List.of(first, half)) {
            for (EchoResult yardstick : results.stream().skip(1).toList()) {
                if (yardstick.server().equals(EPOLL)) {
                    goals.add(cpuGoal(results.getFirst(), yardstick));
                }
            }
        }
        garbage(first.getFirst()).ifPresent(goals::add);
        return goals;
    }

    private Goal cpuGoal(EchoResult gateway, EchoResult yardstick) {
        return new Goal(
                "CPU per echoed message, gateway / " + EPOLL + ", " + gateway.pace(),
                gateway.cpuRatio(yardstick).median(),
                EchoGoals.of(plan.protocol()).cpuRatio(),
                "",
                remark(gateway, yardstick));
    }

    private Optional<Goal> garbage(EchoResult gateway) {
        Spread bytes = gateway.spread(run -> run.processes().getFirst().bytesPerMessage());
        return bytes.median() == ProcessMeter.UNKNOWN
                ? Optional.empty()
                : Optional.of(
                        new Goal(
                                "garbage per echoed message at the gateway, " + gateway.pace(),
                                bytes.median(),
                                EchoGoals.of(plan.protocol()).garbageBytes(),
                                " bytes",
                                ""));
    }

    /** Says so when a comparison of limits was not one. */
    private String remark(EchoResult gateway, EchoResult yardstick) {
        boolean comparesLimits = first.contains(gateway) && plan.rate() == 0;
        if (!comparesLimits) {
            return "";
        }
        if (core.isEmpty()) {
            return "no core of its own for the server: nobody knows what the limit was";
        }
        var limited = new ArrayList<String>();
        for (EchoResult result : List.of(gateway, yardstick)) {
            if (!result.serverWasTheLimit()) {
                limited.add(
                        "the load generator was the limit of %s, whose core was %.0f %% busy"
                                .formatted(result.server(), result.leastBusy() * 100));
            } else if (result.mostTakenByOthers() > TOLERATED_OTHERS) {
                limited.add(
                        "others took %.0f %% of the core of %s: measure on a quiet machine"
                                .formatted(result.mostTakenByOthers() * 100, result.server()));
            }
        }
        return String.join("; ", limited);
    }

    @Override
    public void print(PrintWriter out) {
        EchoPlan.Messages messages = plan.messages();
        out.printf(
                "%s: %d clients, our own sessions, pacing off; messages of %d bytes, %d to a"
                        + " packet%n",
                plan.protocol(), messages.clients(), messages.sizeBytes(), messages.perPacket());
        for (EchoResult result : results()) {
            print(result, out);
        }
        for (List<EchoResult> results : List.of(first, half)) {
            for (EchoResult yardstick : results.stream().skip(1).toList()) {
                printRatio(results.getFirst(), yardstick, out);
            }
        }
        out.println();
        goals().forEach(out::println);
        if (!sound()) {
            out.println("UNSOUND: messages were changed or doubled, or none came back");
        }
    }

    private void printRatio(EchoResult gateway, EchoResult yardstick, PrintWriter out) {
        String remark = remark(gateway, yardstick);
        out.printf(
                "gateway / %s, %s: %s of the CPU per echoed message%s%n",
                yardstick.server(),
                gateway.pace(),
                gateway.cpuRatio(yardstick).text(2),
                remark.isEmpty() ? "" : " (" + remark + ")");
    }

    private static void print(EchoResult result, PrintWriter out) {
        out.printf(
                "%s, %s: %s messages/s, lost %d, duplicates %d, late %d, changed %d%n",
                result.server(),
                result.pace(),
                result.rate().text(0),
                result.sum(MeasuredRun::lost),
                result.sum(MeasuredRun::duplicates),
                result.sum(MeasuredRun::late),
                result.sum(MeasuredRun::changed));
        out.printf(
                "  round trip us: p50 %s, p99 %s, p99.9 %s%n",
                result.spread(MeasuredRun::rttP50Us).text(0),
                result.spread(MeasuredRun::rttP99Us).text(0),
                result.spread(MeasuredRun::rttP999Us).text(0));
        out.printf(
                "  packets per message up %s of %s bytes, down %s of %s bytes%n",
                result.spread(run -> run.up().perMessage()).text(3),
                result.spread(run -> run.up().bytesEach()).text(0),
                result.spread(run -> run.down().perMessage()).text(3),
                result.spread(run -> run.down().bytesEach()).text(0));
        out.printf(
                "  server core busy %s, blocked %d, refused %d%n",
                result.leastBusy() < 0
                        ? "unknown"
                        : result.spread(MeasuredRun::serverCoreBusy).text(2),
                result.sum(MeasuredRun::blocked),
                result.sum(MeasuredRun::refused));
        List<ProcessCost> processes = result.runs().getFirst().processes();
        if (processes.getFirst().cpuUsPerMessage() > 0) {
            out.printf(
                    "  messages per second and core of the server %s%n",
                    result.spread(MeasuredRun::perCoreAndSecond).text(0));
        }
        for (int i = 0; i < processes.size(); i++) {
            printProcess(result, i, out);
        }
    }

    private static void printProcess(EchoResult result, int index, PrintWriter out) {
        if (result.runs().getFirst().processes().get(index).cpuUsPerMessage() < 0) {
            return;
        }
        Spread bytes = result.spread(run -> run.processes().get(index).bytesPerMessage());
        out.printf(
                "  %-14s CPU us per message %s, of a core %s%s%n",
                result.runs().getFirst().processes().get(index).name(),
                result.spread(run -> run.processes().get(index).cpuUsPerMessage()).text(2),
                result.spread(run -> run.processes().get(index).cpuShare()).text(2),
                bytes.median() == ProcessMeter.UNKNOWN
                        ? ""
                        : ", allocated bytes per message " + bytes.text(0));
    }

    @Override
    public Object json() {
        return new Json(plan, results(), goals(), sound());
    }
}

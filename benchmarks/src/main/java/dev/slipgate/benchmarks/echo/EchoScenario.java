package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.Pace;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a gateway, then each yardstick, in turn and several times: at its own highest rate, and
 * all at half of the gateway's. With a rate given, all at that.
 */
final class EchoScenario implements Scenario {
    private final EchoPlan plan;
    private final EchoServer gateway;
    private final List<EchoServer> yardsticks;
    private final Optional<Core> core;

    EchoScenario(
            EchoPlan plan, EchoServer gateway, List<EchoServer> yardsticks, Optional<Core> core) {
        this.plan = plan;
        this.gateway = gateway;
        this.yardsticks = yardsticks;
        this.core = core;
    }

    /** Chooses the pace of a run; the load is connected, and warm-up is part of choosing. */
    @FunctionalInterface
    private interface PaceChoice {
        Pace choose(LoadGenerator load, long warmUpNs);
    }

    @Override
    public Findings run(PrintWriter progress) throws IOException {
        if (plan.rate() > 0) {
            long rate = plan.rate();
            return new EchoFindings(
                    plan,
                    core,
                    measureAll("at " + rate + "/s", held(plan.held(rate)), progress),
                    List.of());
        }
        List<EchoResult> highest =
                measureAll(
                        "highest rate",
                        (load, warmUpNs) -> Ramp.climb(load, plan, warmUpNs),
                        progress);
        if (yardsticks.isEmpty()) {
            return new EchoFindings(plan, core, highest, List.of());
        }
        long half = Math.max(1, Math.round(highest.getFirst().rate().median() / 2));
        List<EchoResult> atHalf =
                measureAll(
                        "at half the gateway's rate, " + half + "/s",
                        held(plan.heldAtHalf(half)),
                        progress);
        return new EchoFindings(plan, core, highest, atHalf);
    }

    private static PaceChoice held(Pace pace) {
        return (load, warmUpNs) -> {
            load.run(pace, warmUpNs);
            return pace;
        };
    }

    private List<EchoResult> measureAll(String paceText, PaceChoice choice, PrintWriter progress)
            throws IOException {
        var servers = new ArrayList<EchoServer>();
        servers.add(gateway);
        servers.addAll(yardsticks);
        Map<EchoServer, List<MeasuredRun>> runs = new LinkedHashMap<>();
        for (int round = 0; round < plan.timing().rounds(); round++) {
            for (EchoServer server : servers) {
                MeasuredRun run = measure(server, choice, plan.warmUpNs(round));
                runs.computeIfAbsent(server, unused -> new ArrayList<>()).add(run);
                tell(progress, "round %d, %s, %s", round + 1, server.name(), paceText, run);
            }
        }
        return servers.stream()
                .map(server -> new EchoResult(server.name(), paceText, runs.get(server)))
                .toList();
    }

    private MeasuredRun measure(EchoServer server, PaceChoice choice, long warmUpNs)
            throws IOException {
        var meters = new ArrayList<>(server.meters());
        meters.add(new ProcessMeter.OfSelf("load generator"));
        try (LoadGenerator load = server.connect()) {
            Pace pace = choice.choose(load, warmUpNs);
            return new Measurement(meters, core).run(load, pace, plan.durationNs());
        }
    }

    private static void tell(
            PrintWriter progress,
            String what,
            int round,
            String name,
            String pace,
            MeasuredRun run) {
        progress.printf(what, round, name, pace);
        progress.printf(
                ": %.0f messages/s, lost %d%s%n",
                run.messagesPerSecond(),
                run.lost(),
                run.serverCpuUs() < 0 ? "" : ", %.2f us of CPU each".formatted(run.serverCpuUs()));
        progress.flush();
    }
}

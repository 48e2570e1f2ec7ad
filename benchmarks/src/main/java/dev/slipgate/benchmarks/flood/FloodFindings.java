package dev.slipgate.benchmarks.flood;

import dev.slipgate.benchmarks.Goal;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.ChainConfig;
import dev.slipgate.benchmarks.measure.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the flood scenario found.
 *
 * @param baselines under datagrams with a wrong magic
 * @param floods under first flights
 */
record FloodFindings(FloodPlan plan, List<FloodPhase> baselines, List<FloodPhase> floods)
        implements Scenario.Findings {
    private static final double BASELINES = 2;
    private static final double ADDED_MS = 5;
    private static final double CONNECT_MS = 2000;
    private static final double FLAT = 1.1;
    private static final double BYTES_PER_MB = 1e6;

    /** Below this share of its rate, what was sent was no such flood. */
    private static final double LEAST_RATE = 0.9;

    /** What {@code --json} prints of this scenario. */
    record Json(
            FloodPlan plan,
            List<FloodPhase> baselines,
            List<FloodPhase> floods,
            List<Goal> goals,
            boolean sound) {}

    @Override
    public boolean sound() {
        return phases().allMatch(
                        phase ->
                                phase.echoed() > 0
                                        && phase.newcomers() + phase.failedNewcomers() > 0
                                        && phase.sentPerSecond() >= plan.perSecond() * LEAST_RATE);
    }

    private Stream<FloodPhase> phases() {
        return Stream.concat(baselines.stream(), floods.stream());
    }

    @Override
    public List<Goal> goals() {
        var goals = new ArrayList<Goal>();
        double baselineMs = Spread.of(baselines, FloodPhase::p99Ms).median();
        goals.add(
                new Goal(
                        "p99 of living sessions, 2 x baseline + 5 ms",
                        Spread.of(floods, FloodPhase::p99Ms).median(),
                        BASELINES * baselineMs + ADDED_MS,
                        " ms",
                        ""));
        goals.add(
                new Goal(
                        "slowest genuine client to connect",
                        floods.stream()
                                .mapToDouble(FloodFindings::slowestMs)
                                .max()
                                .orElse(Double.POSITIVE_INFINITY),
                        CONNECT_MS,
                        " ms",
                        ""));
        goals.add(
                new Goal(
                        "handshakes computed per second",
                        Spread.of(floods, FloodPhase::computedPerSecond).most(),
                        ChainConfig.STRICT_HANDSHAKES_PER_SECOND,
                        "",
                        ""));
        if (phases().allMatch(phase -> phase.liveHeapBytes() > 0)) {
            goals.add(heapGoal());
        }
        return goals;
    }

    private static double slowestMs(FloodPhase phase) {
        return phase.failedNewcomers() > 0 ? Double.POSITIVE_INFINITY : phase.slowestNewcomerMs();
    }

    private Goal heapGoal() {
        double baseline = Spread.of(baselines, FloodPhase::liveHeapBytes).median();
        double most = Spread.of(floods, FloodPhase::liveHeapBytes).most();
        return new Goal(
                "live heap behind floods, a tenth above that behind baselines",
                most / BYTES_PER_MB,
                baseline * FLAT / BYTES_PER_MB,
                " MB",
                "");
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                "%d datagrams of 1200 bytes per second for %d s from forged addresses; %d sessions"
                        + " that echo %d messages/s%n",
                plan.perSecond(), plan.timing().seconds(), plan.living(), plan.livingRate());
        print("wrong magic", baselines, out);
        print("first flights", floods, out);
        out.println();
        goals().forEach(out::println);
        if (!sound()) {
            out.println("UNSOUND: the flood was below its rate, or nobody was there to suffer");
        }
    }

    private static void print(String name, List<FloodPhase> phases, PrintWriter out) {
        out.printf(
                "%s: sent %s/s, the gateway read %s/s%n",
                name,
                text(phases, FloodPhase::sentPerSecond, 0),
                text(phases, FloodPhase::readPerSecond, 0));
        out.printf(
                "  round trip ms: p50 %s, p99 %s; lost %d of %d%n",
                text(phases, FloodPhase::p50Ms, 2),
                text(phases, FloodPhase::p99Ms, 2),
                phases.stream().mapToLong(FloodPhase::lost).sum(),
                phases.stream().mapToLong(FloodPhase::echoed).sum());
        out.printf(
                "  handshakes computed per second %s; genuine clients %d, failed %d, slowest ms"
                        + " %s%n",
                text(phases, FloodPhase::computedPerSecond, 0),
                phases.stream().mapToInt(FloodPhase::newcomers).sum(),
                phases.stream().mapToInt(FloodPhase::failedNewcomers).sum(),
                text(phases, FloodPhase::slowestNewcomerMs, 0));
        out.printf(
                "  live heap behind it, MB: %s%n",
                text(phases, phase -> phase.liveHeapBytes() / BYTES_PER_MB, 1));
    }

    private static String text(
            List<FloodPhase> phases, ToDoubleFunction<FloodPhase> figure, int decimals) {
        return Spread.of(phases, figure).text(decimals);
    }

    @Override
    public Object json() {
        return new Json(plan, baselines, floods, goals(), sound());
    }
}

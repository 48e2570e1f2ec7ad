package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.measure.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The runs of one server at one pace.
 *
 * @param pace in words
 */
record EchoResult(String server, String pace, List<MeasuredRun> runs) {
    Spread spread(ToDoubleFunction<MeasuredRun> figure) {
        return Spread.of(runs, figure);
    }

    Spread rate() {
        return spread(MeasuredRun::messagesPerSecond);
    }

    /** This server's CPU per message over the other's, round by round. */
    Spread cpuRatio(EchoResult other) {
        int rounds = Math.min(runs.size(), other.runs.size());
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ratios[round] = runs.get(round).serverCpuUs() / other.runs.get(round).serverCpuUs();
        }
        return Spread.of(ratios);
    }

    /** Whether the server's core was the limit in every run. */
    boolean serverWasTheLimit() {
        return runs.stream().allMatch(MeasuredRun::serverWasTheLimit);
    }

    /** The most that others took of the server's core. */
    double mostTakenByOthers() {
        return runs.stream().mapToDouble(MeasuredRun::takenByOthers).max().orElse(0);
    }

    /** The least busy that the server's core was. */
    double leastBusy() {
        return runs.stream().mapToDouble(MeasuredRun::serverCoreBusy).min().orElse(0);
    }

    long sum(ToLongFunction<MeasuredRun> count) {
        return runs.stream().mapToLong(count).sum();
    }
}

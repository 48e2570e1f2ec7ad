package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadFigures;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.Pace;

/**
 * The way up to the highest rate: an eighth of the clients is busy, then a quarter, a half, all;
 * the step that echoed most without loss is the one to measure at. It is the warm-up too.
 */
final class Ramp {
    private static final int STEPS = 4;

    private Ramp() {}

    static Pace.Closed climb(LoadGenerator load, EchoPlan plan, long durationNs) {
        int clients = load.shape().clients();
        Pace.Closed best = plan.closed(Math.max(1, clients >> (STEPS - 1)));
        double bestRate = 0;
        for (int step = STEPS - 1; step >= 0; step--) {
            Pace.Closed pace = plan.closed(Math.max(1, clients >> step));
            LoadFigures figures = load.run(pace, durationNs / STEPS);
            boolean lossless = figures.faithful() && figures.refused() == 0;
            if (lossless && figures.rate() > bestRate) {
                best = pace;
                bestRate = figures.rate();
            }
        }
        return best;
    }
}

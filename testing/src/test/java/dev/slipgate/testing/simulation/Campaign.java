package dev.slipgate.testing.simulation;

import org.jspecify.annotations.Nullable;

/** Worlds of many seeds, one after the other, until one breaks. */
public final class Campaign {
    private final Totals totals = new Totals();
    private long broken;

    /**
     * Runs the seeds from {@code first} on; null, or what broke, with the seed that replays it.
     * Only types of the JDK, so that it can be called across class loaders.
     */
    public static @Nullable String firstFailure(long first, int count) {
        return new Campaign().run(first, count);
    }

    /** Runs the seeds from {@code first} on; null, or what broke, with the seed that replays it. */
    @Nullable String run(long first, int count) {
        for (long seed = first; seed < first + count; seed++) {
            var world = new World(seed);
            try {
                totals.addAll(world.run());
            } catch (RuntimeException e) {
                broken = seed;
                return describe(world, e);
            }
        }
        return null;
    }

    private String describe(World world, RuntimeException cause) {
        var text = new java.io.StringWriter();
        cause.printStackTrace(new java.io.PrintWriter(text));
        return "after %d ms: %s%nreplay it with -Dslipgate.seed=%d%n%s%n%s"
                .formatted(
                        world.agenda().elapsedMs(), cause.getMessage(), broken, world.plan(), text);
    }

    Totals totals() {
        return totals;
    }
}

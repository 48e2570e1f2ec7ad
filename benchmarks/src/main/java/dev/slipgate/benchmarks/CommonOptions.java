package dev.slipgate.benchmarks;

import dev.slipgate.benchmarks.chain.Protocol;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that several scenarios have; what is not given, each scenario knows for itself. */
public final class CommonOptions {
    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "What clients speak: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
                            + " Flood is of slipgate alone.")
    private Protocol protocol = Protocol.SLIPGATE;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each thing is measured, in turn (default: 3).")
    private @Nullable Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of a measurement (default: echo 20, others 10).")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Before a server's first measurement (default: echo 15, others 10).")
    private @Nullable Integer warmUpSeconds;

    /**
     * How long things are measured, and how often.
     *
     * @param rounds how often
     * @param seconds of each measurement
     * @param warmUpSeconds before the first measurement of a server
     */
    public record Timing(int rounds, int seconds, int warmUpSeconds) {}

    /** What clients speak. */
    public Protocol protocol() {
        return protocol;
    }

    /** What was given, and the rest of the scenario's own. */
    public Timing timing(Timing defaults) {
        return new Timing(
                OptionRange.require("--rounds", given(rounds, defaults.rounds), 1, 1000),
                OptionRange.require("--seconds", given(seconds, defaults.seconds), 1, 86_400),
                OptionRange.require(
                        "--warm-up", given(warmUpSeconds, defaults.warmUpSeconds), 1, 3600));
    }

    private static int given(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}

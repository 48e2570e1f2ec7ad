package dev.slipgate.benchmarks.idle;

import dev.slipgate.benchmarks.CommonOptions;
import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.OptionRange;
import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.ChainConfig;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.measure.Core;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the idle scenario. */
public final class IdleOptions {
    private static final Timing TIMING = new Timing(1, 10, 10);

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "Idle: sessions (default: ${DEFAULT-VALUE}).")
    private int sessions = 50_000;

    /** Starts a chain to connect to. */
    public Scenario prepare(CommonOptions common, Optional<Core> core, RunningServers servers)
            throws IOException, InterruptedException {
        OptionRange.require("--sessions", sessions, 1, LoadGenerator.Shape.MAX_CLIENTS);
        Timing timing = common.timing(TIMING);
        GatewayChain chain =
                servers.add(GatewayChain.start(core, ChainConfig.forMemory(common.protocol())));
        return new IdleScenario(new IdlePlan(common.protocol(), sessions, timing.seconds()), chain);
    }
}

package dev.slipgate.benchmarks.handshakes;

import dev.slipgate.benchmarks.CommonOptions;
import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.OptionRange;
import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.ChainConfig;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.measure.Core;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the handshakes scenario. */
public final class HandshakeOptions {
    private static final Timing TIMING = new Timing(3, 10, 10);

    @Option(
            names = "--connecting",
            paramLabel = "N",
            description =
                    "Handshakes: clients that connect at the same time (default:"
                            + " ${DEFAULT-VALUE}).")
    private int connecting = 64;

    /** Starts a chain to connect to. */
    public Scenario prepare(CommonOptions common, Optional<Core> core, RunningServers servers)
            throws IOException, InterruptedException {
        OptionRange.require("--connecting", connecting, 1, 1024);
        Timing timing = common.timing(TIMING);
        GatewayChain chain =
                servers.add(GatewayChain.start(core, ChainConfig.lifted(common.protocol())));
        return new HandshakeScenario(
                new HandshakePlan(common.protocol(), connecting, timing), chain, core);
    }
}

package dev.slipgate.benchmarks.flood;

import dev.slipgate.benchmarks.CommonOptions;
import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.OptionRange;
import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.ChainConfig;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.chain.Protocol;
import dev.slipgate.benchmarks.load.SpoofedDatagrams;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the flood scenario. */
public final class FloodOptions {
    private static final Timing TIMING = new Timing(3, 10, 10);

    @Option(
            names = "--flood",
            paramLabel = "N",
            description = "Flood: first flights per second (default: ${DEFAULT-VALUE}).")
    private int floodPerSecond = 10_000;

    @Option(
            names = "--living",
            paramLabel = "N",
            description = "Flood: sessions that live meanwhile (default: ${DEFAULT-VALUE}).")
    private int living = 64;

    @Option(
            names = "--living-rate",
            paramLabel = "N",
            description =
                    "Flood: messages per second that they send together (default:"
                            + " ${DEFAULT-VALUE}).")
    private int livingRate = 2000;

    /**
     * Starts a chain to flood.
     *
     * @throws StartFailure when this system cannot forge addresses
     */
    public Scenario prepare(CommonOptions common, Optional<Core> core, RunningServers servers)
            throws IOException, InterruptedException {
        FloodPlan plan = plan(common);
        GatewayChain chain =
                servers.add(GatewayChain.start(core, ChainConfig.strict(Protocol.SLIPGATE)));
        return new FloodScenario(plan, chain);
    }

    FloodPlan plan(CommonOptions common) {
        if (common.protocol() != Protocol.SLIPGATE) {
            throw new StartFailure(
                    "the flood is of the native protocol's first flights",
                    "give --protocol slipgate");
        }
        if (!SpoofedDatagrams.available()) {
            throw new StartFailure(
                    "only on Linux do datagrams leave from any loopback address", "run it there");
        }
        OptionRange.require("--flood", floodPerSecond, 1, 1_000_000);
        OptionRange.require("--living", living, 1, 10_000);
        OptionRange.require("--living-rate", livingRate, 1, 1_000_000);
        return new FloodPlan(floodPerSecond, living, livingRate, common.timing(TIMING));
    }
}

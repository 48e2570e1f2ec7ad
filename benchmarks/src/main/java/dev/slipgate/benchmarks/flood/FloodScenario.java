package dev.slipgate.benchmarks.flood;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.load.FirstFlights;
import dev.slipgate.benchmarks.load.LoadFigures;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.Pace;
import dev.slipgate.benchmarks.load.PinnedKey;
import dev.slipgate.benchmarks.load.SpoofedDatagrams;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Floods a gateway with first flights that it cannot tell from genuine ones, each from a forged
 * address, and in turn with as many datagrams that it drops at their first bytes; living sessions
 * and newcomers tell the difference. The gateway's bounds on strangers are those of its defaults.
 */
final class FloodScenario implements Scenario {
    private static final long CONNECT_PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int MESSAGE_BYTES = 200;

    /** Different ones; from another address each is a handshake of its own. */
    private static final int FIRST_FLIGHTS = 1024;

    private final FloodPlan plan;
    private final GatewayChain chain;
    private final Crypto crypto = CryptoProviders.select(CryptoProviders.AUTO);

    FloodScenario(FloodPlan plan, GatewayChain chain) {
        this.plan = plan;
        this.chain = chain;
    }

    @Override
    public Findings run(PrintWriter progress) throws IOException {
        if (!(chain.pinned() instanceof PinnedKey.OfSlipgate key)) {
            throw new IllegalStateException("the chain speaks something else");
        }
        List<byte[]> flood = FirstFlights.genuine(key, crypto, FIRST_FLIGHTS);
        List<byte[]> baseline = FirstFlights.withWrongMagic(flood);
        var baselines = new ArrayList<FloodPhase>();
        var floods = new ArrayList<FloodPhase>();
        try (LoadGenerator load = connect(key)) {
            load.run(new Pace.Open(plan.livingRate()), plan.warmUpNs());
            for (int round = 1; round <= plan.timing().rounds(); round++) {
                baselines.add(measure(load, key, baseline));
                tell(progress, round, "wrong magic", baselines.getLast());
                floods.add(measure(load, key, flood));
                tell(progress, round, "first flights", floods.getLast());
            }
        }
        return new FloodFindings(plan, List.copyOf(baselines), List.copyOf(floods));
    }

    private LoadGenerator connect(PinnedKey key) throws IOException {
        LoadGenerator load =
                LoadGenerator.sealed(
                        new LoadGenerator.Shape(chain.address(), plan.living(), MESSAGE_BYTES),
                        key,
                        crypto);
        String problem = load.connect(CONNECT_PATIENCE_NS);
        if (problem == null) {
            return load;
        }
        load.close();
        throw new StartFailure("cannot connect: " + problem, "try fewer --living");
    }

    private FloodPhase measure(LoadGenerator load, PinnedKey key, List<byte[]> datagrams)
            throws IOException {
        Counts before = counts();
        LoadFigures figures;
        Newcomers newcomers;
        double sent;
        try (var spoofed = SpoofedDatagrams.start(chain.address(), datagrams, plan.perSecond());
                var genuine = Newcomers.start(chain.address(), key)) {
            newcomers = genuine;
            figures = load.run(new Pace.Open(plan.livingRate()), plan.durationNs());
            sent = spoofed.sent();
        }
        Counts after = counts();
        double seconds = (after.atNs - before.atNs) / 1e9;
        return new FloodPhase(
                sent / seconds,
                (after.datagramsIn - before.datagramsIn) / seconds,
                figures.echoed(),
                figures.lost(),
                figures.rttUs(50) / 1e3,
                figures.rttUs(99) / 1e3,
                (after.jobs - before.jobs) / seconds,
                newcomers.connected(),
                newcomers.failed(),
                newcomers.slowestMs(),
                chain.gatewayMemory().liveHeapBytes());
    }

    /** What the gateway has counted at a moment. */
    private record Counts(long datagramsIn, long jobs, long atNs) {}

    private Counts counts() throws IOException {
        JsonNode gateway = chain.gatewayStats().read().path("gateway");
        return new Counts(
                gateway.at("/listeners/udp/datagrams/datagramsIn").asLong(),
                gateway.at("/jobs/done").asLong(),
                System.nanoTime());
    }

    private static void tell(PrintWriter progress, int round, String what, FloodPhase phase) {
        progress.printf(
                "round %d, %s: p99 %.2f ms, lost %d, %.0f computed/s, newcomers within %.0f ms%n",
                round,
                what,
                phase.p99Ms(),
                phase.lost(),
                phase.computedPerSecond(),
                phase.slowestNewcomerMs());
        progress.flush();
    }
}

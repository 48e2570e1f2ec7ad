package dev.slipgate.benchmarks.handshakes;

import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.load.ConnectFigures;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.measure.ProcessReadings;
import dev.slipgate.protocol.crypto.CryptoProviders;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Has clients connect until a node has them, leave, and come again, as fast as it goes. */
final class HandshakeScenario implements Scenario {
    /** Nobody sends one. */
    private static final int MESSAGE_BYTES = 200;

    private final HandshakePlan plan;
    private final GatewayChain chain;
    private final Optional<Core> core;

    HandshakeScenario(HandshakePlan plan, GatewayChain chain, Optional<Core> core) {
        this.plan = plan;
        this.chain = chain;
        this.core = core;
    }

    @Override
    public Findings run(PrintWriter progress) throws IOException {
        var meters = new ArrayList<>(chain.meters());
        meters.add(new ProcessMeter.OfSelf("load generator"));
        var readings = new ProcessReadings(meters, core);
        var runs = new ArrayList<HandshakeRun>();
        var shape = new LoadGenerator.Shape(chain.address(), plan.connecting(), MESSAGE_BYTES);
        try (LoadGenerator load =
                LoadGenerator.sealed(
                        shape, chain.pinned(), CryptoProviders.select(CryptoProviders.AUTO))) {
            load.connectAgainAndAgain(seconds(plan.timing().warmUpSeconds()), () -> {});
            for (int round = 1; round <= plan.timing().rounds(); round++) {
                HandshakeRun run = measure(load, readings);
                runs.add(run);
                progress.printf(
                        "round %d: %.0f handshakes/s, failed %d, %.0f us of CPU each%n",
                        round, run.perSecond(), run.failed(), run.gatewayCpuUs());
                progress.flush();
            }
        }
        return new HandshakeFindings(plan, List.copyOf(runs));
    }

    private HandshakeRun measure(LoadGenerator load, ProcessReadings readings) throws IOException {
        ProcessReadings.Reading before = readings.read();
        var atEnd = new ArrayList<ProcessReadings.Reading>();
        ConnectFigures figures =
                load.connectAgainAndAgain(
                        seconds(plan.timing().seconds()),
                        () -> atEnd.add(readings.readUnchecked()));
        ProcessReadings.Reading after = atEnd.getFirst();
        return HandshakeRun.of(
                figures,
                readings.coreBusy(before, after),
                readings.costs(before, after, figures.connected()));
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}

package dev.slipgate.benchmarks.idle;

import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.measure.ProcessMemory;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Connects many clients that then do nothing but keep their sessions alive, and reads what that
 * adds to the memory of gateway and node.
 */
final class IdleScenario implements Scenario {
    private static final long CONNECT_PATIENCE_NS = TimeUnit.MINUTES.toNanos(5);

    /** Nobody sends one. */
    private static final int MESSAGE_BYTES = 200;

    /** Sessions before the first reading: what is loaded and made once is not theirs. */
    private static final int FIRST_SESSIONS = 100;

    private final IdlePlan plan;
    private final GatewayChain chain;

    IdleScenario(IdlePlan plan, GatewayChain chain) {
        this.plan = plan;
        this.chain = chain;
    }

    @Override
    public Findings run(PrintWriter progress) throws IOException {
        try (LoadGenerator first = connect(Math.min(plan.sessions(), FIRST_SESSIONS))) {
            first.idle(TimeUnit.SECONDS.toNanos(1));
        }
        IdleFindings.Memory before = memory();
        long startNs = System.nanoTime();
        try (LoadGenerator load = connect(plan.sessions())) {
            double connectS = (System.nanoTime() - startNs) / 1e9;
            progress.printf("%d sessions in %.0f s%n", plan.sessions(), connectS);
            progress.flush();
            load.idle(TimeUnit.SECONDS.toNanos(plan.seconds()));
            IdleFindings.Memory after = memory();
            load.idle(TimeUnit.SECONDS.toNanos(1));
            long living = chain.gatewayStats().read().at("/gateway/sessions").asLong();
            return new IdleFindings(plan, before, after, connectS, living, load.failure());
        }
    }

    private IdleFindings.Memory memory() throws IOException {
        ProcessMemory gateway = chain.gatewayMemory();
        return new IdleFindings.Memory(gateway, chain.nodeMemory());
    }

    private LoadGenerator connect(int sessions) throws IOException {
        LoadGenerator load =
                LoadGenerator.sealed(
                        new LoadGenerator.Shape(chain.address(), sessions, MESSAGE_BYTES),
                        chain.pinned(),
                        CryptoProviders.select(CryptoProviders.AUTO));
        String problem = load.connect(CONNECT_PATIENCE_NS);
        if (problem == null) {
            return load;
        }
        load.close();
        throw new StartFailure(
                "cannot open %d sessions: %s".formatted(sessions, problem),
                "try fewer --sessions, or a machine with more memory");
    }
}

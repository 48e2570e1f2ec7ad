package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.yardstick.Yardstick;
import java.io.IOException;
import java.util.List;

/** A plain echo as a server of the scenario. */
record YardstickServer(Yardstick yardstick, EchoPlan plan) implements EchoServer {
    @Override
    public String name() {
        return yardstick.name();
    }

    @Override
    public List<ProcessMeter> meters() {
        return List.of(
                new ProcessMeter.OfPid(yardstick.name() + " echo", yardstick.process().pid()));
    }

    @Override
    public LoadGenerator connect() throws IOException {
        return LoadGenerator.clear(
                new LoadGenerator.Shape(
                        yardstick.address(),
                        plan.messages().clients(),
                        plan.messages().sizeBytes()),
                plan.clearFormat());
    }

    @Override
    public void close() {
        yardstick.close();
    }
}

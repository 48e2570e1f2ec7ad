package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.load.PinnedKey;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A gateway as a server of the scenario.
 *
 * @param key what the clients pin
 * @param meters the gateway's first
 * @param onClose ends what was started for it
 */
record GatewayServer(
        InetSocketAddress address,
        PinnedKey key,
        List<ProcessMeter> meters,
        EchoPlan plan,
        Runnable onClose)
        implements EchoServer {
    private static final long CONNECT_PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public LoadGenerator connect() throws IOException {
        LoadGenerator load =
                LoadGenerator.sealed(
                        new LoadGenerator.Shape(
                                address, plan.messages().clients(), plan.messages().sizeBytes()),
                        key,
                        CryptoProviders.select(CryptoProviders.AUTO));
        String problem = load.connect(CONNECT_PATIENCE_NS);
        if (problem == null) {
            return load;
        }
        load.close();
        throw new StartFailure(
                "cannot connect to the gateway at %s:%d: %s"
                        .formatted(address.getHostString(), address.getPort(), problem),
                "give the gateway's address and the key that it was started with");
    }

    @Override
    public void close() {
        onClose.run();
    }
}

package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.CommonOptions;
import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.OptionRange;
import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.ChainConfig;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.chain.PinnedKeys;
import dev.slipgate.benchmarks.chain.Protocol;
import dev.slipgate.benchmarks.load.PinnedKey;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.measure.StatsPage;
import dev.slipgate.benchmarks.yardstick.Yardstick;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the echo scenario, and the servers that they ask for. */
public final class EchoOptions {
    private static final Timing TIMING = new Timing(3, 20, 15);

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Clients, each with an address of its own (default: ${DEFAULT-VALUE}).")
    private int clients = 512;

    @Option(
            names = "--window",
            paramLabel = "N",
            description =
                    "Messages that a client has on the way at the highest rate, 1 to 32 (default:"
                            + " as many as share a packet). Above that, echoes may share one.")
    private @Nullable Integer window;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Size of a message, 8 to 1400 (default: ${DEFAULT-VALUE}).")
    private int sizeBytes = 200;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages per second to hold; 0 or not given: the highest.")
    private int rate;

    @Option(
            names = "--messages-per-packet",
            paramLabel = "N",
            description =
                    "Messages that a client sends together, 1 to 32 (default: ${DEFAULT-VALUE});"
                            + " above 1 for slipgate only.")
    private int perPacket = 1;

    @Option(
            names = "--no-yardsticks",
            description = "Measure the gateway alone, without the plain echoes next to it.")
    private boolean noYardsticks;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description =
                    "A running gateway's UDP listener, in place of processes of bench's own. A"
                            + " packets-per-second setting of it paces every client.")
    private @Nullable String target;

    @Option(
            names = "--stats",
            paramLabel = "URL",
            description = "The /stats of that gateway, for its CPU and allocation.")
    private @Nullable URI stats;

    @Option(
            names = {"--key", "--root-key"},
            paramLabel = "FILE",
            description =
                    "The key that clients pin: that gateway's public or private key file, of the"
                            + " protocol's kind.")
    private @Nullable Path key;

    @Option(
            names = "--wrong-key",
            description = "Pin a key that nobody has. It must fail: that the crypto is checked.")
    private boolean wrongKey;

    /** Whether servers are started here, so that one of them can have a core of its own. */
    public boolean startsServers() {
        return target == null;
    }

    /**
     * Starts what the options ask for.
     *
     * @param servers ends what was started, also when it was started in vain
     * @throws StartFailure when options or environment do not allow it
     */
    public Scenario prepare(CommonOptions common, Optional<Core> core, RunningServers servers)
            throws IOException, InterruptedException {
        EchoPlan plan = plan(common);
        EchoServer gateway =
                servers.add(target == null ? ownGateway(core, plan) : targetGateway(target, plan));
        var yardsticks = new ArrayList<EchoServer>();
        if (!noYardsticks && target == null) {
            yardsticks.add(servers.add(new YardstickServer(Yardstick.epoll(core), plan)));
            Yardstick.c(core)
                    .ifPresent(c -> yardsticks.add(servers.add(new YardstickServer(c, plan))));
        }
        return new EchoScenario(
                plan, gateway, yardsticks, target == null ? core : Optional.empty());
    }

    EchoPlan plan(CommonOptions common) {
        OptionRange.require("--size", sizeBytes, 8, 1400);
        OptionRange.require("--clients", clients, 1, 65_000);
        OptionRange.require("--rate", rate, 0, 100_000_000);
        boolean packs = common.protocol() == Protocol.SLIPGATE;
        OptionRange.require("--messages-per-packet", perPacket, 1, packs ? 32 : 1);
        int onTheWay = window == null ? perPacket : window;
        OptionRange.require("--window", onTheWay, perPacket, 32);
        var plan =
                new EchoPlan(
                        common.protocol(),
                        new EchoPlan.Messages(clients, onTheWay, sizeBytes, perPacket),
                        rate,
                        common.timing(TIMING));
        int datagramBytes = plan.clearFormat().datagramBytes(perPacket, sizeBytes);
        if (packs && perPacket > 1 && datagramBytes > CarrierKind.DATAGRAM.maxPacketBytes()) {
            throw new StartFailure(
                    "%d messages of %d bytes do not fit a packet".formatted(perPacket, sizeBytes),
                    "give a smaller --size, or fewer --messages-per-packet");
        }
        return plan;
    }

    private EchoServer ownGateway(Optional<Core> core, EchoPlan plan)
            throws IOException, InterruptedException {
        GatewayChain chain = GatewayChain.start(core, ChainConfig.lifted(plan.protocol()));
        return new GatewayServer(
                chain.address(),
                pinned(plan.protocol(), chain.pinned()),
                chain.meters(),
                plan,
                chain::close);
    }

    private EchoServer targetGateway(String where, EchoPlan plan) {
        InetSocketAddress address = address(where);
        if (key == null && !wrongKey) {
            throw new StartFailure("--target without a key", "add --key FILE");
        }
        ProcessMeter meter =
                stats == null
                        ? new ProcessMeter.OfNobody("gateway")
                        : new ProcessMeter.OfStats("gateway", new StatsPage(stats));
        return new GatewayServer(
                address, pinned(plan.protocol(), null), List.of(meter), plan, () -> {});
    }

    private static InetSocketAddress address(String where) {
        int colon = where.lastIndexOf(':');
        if (colon > 0 && where.substring(colon + 1).matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(where.substring(colon + 1));
            var address = new InetSocketAddress(where.substring(0, colon), Math.min(port, 65_535));
            if (!address.isUnresolved()) {
                return address;
            }
        }
        throw new StartFailure("--target " + where, "give HOST:PORT of a host that resolves");
    }

    /** The key to pin: what the options say, else the gateway's own. */
    private PinnedKey pinned(Protocol protocol, @Nullable PinnedKey own) {
        if (wrongKey) {
            return PinnedKeys.nobodys(protocol);
        }
        if (key != null) {
            return PinnedKeys.read(protocol, key);
        }
        if (own == null) {
            throw new StartFailure("no key to pin", "add --key FILE");
        }
        return own;
    }
}

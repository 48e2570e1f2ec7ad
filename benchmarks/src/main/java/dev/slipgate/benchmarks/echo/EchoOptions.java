package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.Scenario;
import dev.slipgate.benchmarks.chain.GatewayChain;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.yardstick.Yardstick;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.InvalidKeyFileException;
import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the echo scenario, and the servers that they ask for. */
public final class EchoOptions {
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
                            + " ${DEFAULT-VALUE}). Above 1, echoes may share a packet.")
    private int window = 1;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Size of a message, 8 to 1400 (default: ${DEFAULT-VALUE}).")
    private int sizeBytes = 200;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages per second to hold; 0 or not given: the highest.")
    private long rate;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each server is measured, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of a measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Before a server's first measurement (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds = 15;

    @Option(
            names = "--no-yardsticks",
            description = "Measure the gateway alone, without the plain echoes next to it.")
    private boolean noYardsticks;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description =
                    "A running gateway's mpgameserver listener, in place of processes of bench's"
                            + " own. Its packets-per-second setting paces every client.")
    private @Nullable String target;

    @Option(
            names = "--stats",
            paramLabel = "URL",
            description = "The /stats of that gateway, for its CPU and allocation.")
    private @Nullable URI stats;

    @Option(
            names = "--root-key",
            paramLabel = "FILE",
            description =
                    "The root key that clients pin: the gateway's public or private key file.")
    private @Nullable Path rootKey;

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
    public Scenario prepare(Optional<Core> core, RunningServers servers)
            throws IOException, InterruptedException {
        EchoPlan plan = plan();
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

    EchoPlan plan() {
        requireRange("--size", sizeBytes, 8, 1400);
        requireRange("--clients", clients, 1, 65_000);
        requireRange("--window", window, 1, 32);
        requireRange("--rounds", rounds, 1, 1000);
        requireRange("--seconds", seconds, 1, 86_400);
        requireRange("--warm-up", warmUpSeconds, 1, 3600);
        requireRange("--rate", rate, 0, 100_000_000);
        return new EchoPlan(clients, window, sizeBytes, rate, rounds, seconds, warmUpSeconds);
    }

    private static void requireRange(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new StartFailure(option + " is " + value, "give " + least + " to " + most);
        }
    }

    private EchoServer ownGateway(Optional<Core> core, EchoPlan plan)
            throws IOException, InterruptedException {
        GatewayChain chain = GatewayChain.start(core);
        return new GatewayServer(
                chain.address(), pinned(chain.rootKey()), chain.meters(), plan, chain::close);
    }

    private EchoServer targetGateway(String where, EchoPlan plan) throws IOException {
        InetSocketAddress address = address(where);
        if (rootKey == null && !wrongKey) {
            throw new StartFailure("--target without a key", "add --root-key FILE");
        }
        ProcessMeter meter =
                stats == null
                        ? new ProcessMeter.OfNobody("gateway")
                        : new ProcessMeter.OfStats("gateway", stats);
        return new GatewayServer(address, pinned(rootKey), List.of(meter), plan, () -> {});
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
    private PublicKey pinned(@Nullable Path ownKey) throws IOException {
        if (wrongKey) {
            return CryptoProviders.select(CryptoProviders.JDK).generateP256().getPublic();
        }
        Path file = rootKey == null ? ownKey : rootKey;
        if (file == null) {
            throw new StartFailure("no root key", "add --root-key FILE");
        }
        return read(file);
    }

    private static PublicKey read(Path file) {
        try {
            String pem = Files.readString(file);
            return pem.contains("PRIVATE KEY")
                    ? P256KeyFile.readPrivate(pem).getPublic()
                    : P256KeyFile.readPublic(pem);
        } catch (IOException unreadable) {
            throw new StartFailure(
                    "cannot read the root key " + file, "name a key file that exists", unreadable);
        } catch (InvalidKeyFileException wrong) {
            throw new StartFailure(file.toString(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}

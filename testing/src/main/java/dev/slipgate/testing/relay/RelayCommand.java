package dev.slipgate.testing.relay;

import dev.slipgate.testing.fault.FaultPlan;
import dev.slipgate.testing.fault.FaultRates;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code slipgate relay}: a {@link UdpRelay} as a process. It prints its plan, seed included, at
 * the start, and its totals when SIGTERM or SIGINT ends it.
 */
@Command(
        name = "relay",
        hidden = true,
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "A seeded lossy UDP path in front of a server, for tests.")
public final class RelayCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            required = true,
            paramLabel = "PORT",
            description = "Port on 127.0.0.1 that clients send to; 0 for any.")
    private int listenPort;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The server behind the path.")
    private String to = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where all decisions come from; drawn and printed unless given.")
    private @Nullable Long seed;

    @Option(names = "--loss", paramLabel = "SHARE", description = "Share lost each way, 0 to 1.")
    private double loss;

    @Option(names = "--dup", paramLabel = "SHARE", description = "Share that arrives twice.")
    private double duplication;

    @Option(names = "--reorder", paramLabel = "SHARE", description = "Share that is held back.")
    private double reordering;

    @Option(
            names = "--reorder-ms",
            paramLabel = "MS",
            description = "How long it is held back at most (default: ${DEFAULT-VALUE}).")
    private int reorderMs = FaultRates.DEFAULT_REORDER_MS;

    @Option(names = "--delay-ms", paramLabel = "MS", description = "What every datagram takes.")
    private int delayMs;

    @Option(names = "--jitter-ms", paramLabel = "MS", description = "And at most beyond that.")
    private int jitterMs;

    @Option(names = "--corrupt", paramLabel = "SHARE", description = "Share with bits flipped.")
    private double corruption;

    @Option(
            names = "--rebind-ms",
            paramLabel = "MS",
            description = "Change each client's port towards the server this often.")
    private int rebindMs;

    @Option(
            names = "--clean-first",
            paramLabel = "N",
            description = "Datagrams of each client and direction that pass before faults begin.")
    private int cleanFirst;

    @Option(
            names = "--plan",
            paramLabel = "TEXT",
            description =
                    "A whole plan as the relay prints it, such as 'seed=7,up.loss=0.1'; the other"
                            + " options of faults are ignored.")
    private @Nullable String planText;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        FaultPlan plan = plan();
        UdpRelay relay = start(plan);
        PrintWriter out = spec().commandLine().getOut();
        out.printf("relay listens on %s, server %s%nplan %s%n", text(relay.address()), to, plan);
        out.flush();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    relay.close();
                                    out.printf("plan %s%n%s%n", plan, relay.totals());
                                    out.flush();
                                },
                                "relay-stop"));
        new CountDownLatch(1).await();
        return 0;
    }

    /** The plan that the options ask for. */
    FaultPlan plan() {
        try {
            if (planText != null) {
                return FaultPlan.parse(planText);
            }
            var rates =
                    new FaultRates(
                            loss,
                            duplication,
                            reordering,
                            reorderMs,
                            delayMs,
                            jitterMs,
                            corruption);
            long drawn = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
            return new FaultPlan(drawn, rates, rates, rebindMs, cleanFirst);
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
    }

    private UdpRelay start(FaultPlan plan) {
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), listenPort);
        try {
            return UdpRelay.start(listen, server(), plan);
        } catch (IOException taken) {
            throw usage("cannot listen on " + text(listen) + ": " + taken.getMessage());
        }
    }

    private InetSocketAddress server() {
        int colon = to.lastIndexOf(':');
        try {
            var address =
                    new InetSocketAddress(
                            to.substring(0, Math.max(colon, 0)),
                            Integer.parseInt(to.substring(colon + 1)));
            if (colon > 0 && !address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, in the same words as a name that does not resolve.
        }
        throw usage("--to " + to + " is not HOST:PORT of a known host");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private ParameterException usage(@Nullable String problem) {
        return new ParameterException(spec().commandLine(), String.valueOf(problem));
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set up the command");
        }
        return spec;
    }
}

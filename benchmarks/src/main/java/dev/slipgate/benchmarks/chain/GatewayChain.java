package dev.slipgate.benchmarks.chain;

import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.load.PinnedKey;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessMemory;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import dev.slipgate.benchmarks.measure.StatsPage;
import dev.slipgate.benchmarks.yardstick.JavaCommand;
import dev.slipgate.benchmarks.yardstick.ServerProcess;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.keys.RootKeyFiles;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A broker, a gateway and a node with the echo app: real processes of this distribution on
 * loopback, in a cluster of their own. The gateway has one event loop, on a core of its own where
 * there is one, and does not pace; the rest shares the other cores with the load generator.
 */
public final class GatewayChain implements RunningServers.Server {
    /** Deploy's main class; by name, because deploy depends on this module. */
    private static final String MAIN = "dev.slipgate.deploy.Main";

    private static final String HOST = "127.0.0.1";
    private static final String KEY = "clients-pin";

    /** Places in the order of starting. */
    private static final int GATEWAY = 1;

    private static final int NODE = 2;

    private final Path directory;
    private final ChainPorts ports;
    private final ChainConfig config;
    private final List<ServerProcess> processes = new ArrayList<>();

    private GatewayChain(Path directory, ChainPorts ports, ChainConfig config) {
        this.directory = directory;
        this.ports = ports;
        this.config = config;
    }

    /**
     * Starts the processes and waits until all say that they are ready.
     *
     * @throws StartFailure with the last output of the one that does not start
     */
    public static GatewayChain start(Optional<Core> core, ChainConfig config)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("slipgate-bench");
        var chain = new GatewayChain(directory, ChainPorts.free(), config);
        try {
            chain.startAll(core);
            return chain;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            chain.close();
            throw failed;
        }
    }

    private void startAll(Optional<Core> core) throws IOException, InterruptedException {
        launch(
                "broker",
                ports.brokerAdmin(),
                false,
                core,
                "cluster.hazelcast-port=" + ports.hazelcast());
        launch(
                "gateway",
                ports.gatewayAdmin(),
                true,
                core,
                config.gatewaySettings(HOST, ports.clients(), createKey().toString())
                        .toArray(String[]::new));
        launch("node", ports.nodeAdmin(), false, core);
        new ReadinessWait(processes).await(adminUris("/health/ready"));
    }

    private Path createKey() {
        Path file = privateKey();
        switch (config.protocol()) {
            case SLIPGATE -> GatewayKeyFiles.in(directory, KEY).create();
            case MPGAMESERVER -> RootKeyFiles.in(directory, KEY).create();
        }
        return file;
    }

    private Path privateKey() {
        return directory.resolve(KEY + ".key");
    }

    private void launch(
            String role,
            int adminPort,
            boolean onServerCore,
            Optional<Core> core,
            String... settings)
            throws IOException {
        var arguments = new ArrayList<String>();
        arguments.add(role);
        for (String setting : common(adminPort)) {
            arguments.addAll(List.of("--set", setting));
        }
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        List<String> command =
                JavaCommand.of(
                        onServerCore ? config.jvmFlags() : List.of(),
                        MAIN,
                        arguments.toArray(String[]::new));
        var builder =
                new ProcessBuilder(
                        onServerCore ? Core.pinned(command, core) : Core.elsewhere(command, core));
        // Neither the user's ./slipgate.yaml nor their environment shall change what is measured.
        builder.directory(directory.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SLIPGATE_"));
        processes.add(ServerProcess.start(role, builder, line -> false));
    }

    private List<String> common(int adminPort) {
        return List.of(
                "cluster.name=bench-" + ProcessHandle.current().pid(),
                "cluster.brokers=" + HOST + ":" + ports.hazelcast(),
                "admin.port=" + adminPort,
                "log.level=WARN");
    }

    private List<URI> adminUris(String path) {
        return List.of(ports.brokerAdmin(), ports.gatewayAdmin(), ports.nodeAdmin()).stream()
                .map(port -> URI.create("http://" + HOST + ":" + port + path))
                .toList();
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.clients());
    }

    /** The key that clients pin. */
    public PinnedKey pinned() {
        return PinnedKeys.read(config.protocol(), privateKey());
    }

    /** The processes, the gateway first. */
    public List<ProcessMeter> meters() {
        List<URI> stats = adminUris("/stats");
        return List.of(
                new ProcessMeter.OfStats("gateway", new StatsPage(stats.get(GATEWAY))),
                new ProcessMeter.OfStats("node", new StatsPage(stats.get(NODE))),
                new ProcessMeter.OfStats("broker", new StatsPage(stats.get(0))));
    }

    /** The gateway's counters. */
    public StatsPage gatewayStats() {
        return new StatsPage(adminUris("/stats").get(GATEWAY));
    }

    /**
     * The gateway's memory, its garbage collected.
     *
     * @throws IOException when it is gone
     */
    public ProcessMemory gatewayMemory() throws IOException {
        return ProcessMemory.of(processes.get(GATEWAY).pid(), gatewayStats());
    }

    /** The same of the node. */
    public ProcessMemory nodeMemory() throws IOException {
        return ProcessMemory.of(
                processes.get(NODE).pid(), new StatsPage(adminUris("/stats").get(NODE)));
    }

    /** Stops the processes, the broker last, and removes their directory. */
    @Override
    public void close() {
        for (ServerProcess process : processes.reversed()) {
            process.close();
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException left) {
            // A file that cannot be deleted stays in the system's temporary directory.
        }
    }
}

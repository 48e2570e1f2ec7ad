package dev.slipgate.deploy.attack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.runtime.keys.RootKeyFiles;
import dev.slipgate.testing.player.TestPlayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A cluster of its own on loopback: broker, gateway and nodes, each a process. */
final class RealChain implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on UDP \\S+?:(\\d+)");

    private final Path directory;
    private final int hazelcastPort = freePort();
    private final String name = "attack-" + Long.toHexString(System.nanoTime());
    private final List<RealProcess> processes = new ArrayList<>();
    private final PublicKey rootKey;
    final RealProcess broker;
    final RealProcess gateway;
    final InetSocketAddress address;

    /** Starts broker and gateway; {@code settings} are the gateway's, {@code key=value}. */
    RealChain(Path directory, String... settings) throws IOException {
        this.directory = directory;
        RootKeyFiles keys = RootKeyFiles.in(directory, "root");
        keys.create();
        rootKey = RootKey.load(keys.privateKey()).getPublic();
        broker = start(RealProcess.MAIN, "broker", "cluster.hazelcast-port=" + hazelcastPort);
        gateway =
                start(
                        RealProcess.MAIN,
                        "gateway",
                        Stream.concat(
                                        Stream.of(
                                                "gateway.mpgameserver.host=127.0.0.1",
                                                "gateway.mpgameserver.port=0",
                                                "gateway.mpgameserver.root-key="
                                                        + keys.privateKey()),
                                        Stream.of(settings))
                                .toArray(String[]::new));
        int port = Integer.parseInt(gateway.awaitLine(LISTENS));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        gateway.awaitReady();
    }

    /** Starts a node with the echo app, and waits until it is ready. */
    RealProcess echoNode() throws IOException {
        return start(RealProcess.MAIN, "node").awaitReady();
    }

    /** The same with an app's own main class. */
    RealProcess node(Class<?> main) throws IOException {
        return start(main.getName(), "").awaitReady();
    }

    private RealProcess start(String main, String command, String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
        Stream.concat(
                        Stream.of(
                                "cluster.name=" + name,
                                "cluster.brokers=127.0.0.1:" + hazelcastPort,
                                "admin.port=0"),
                        Stream.of(settings))
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        RealProcess process = RealProcess.start(directory, main, arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    /** A client that connects directly. */
    TestPlayer player() throws IOException {
        return player(address);
    }

    /** A client that takes the gateway to be at {@code via}. */
    TestPlayer player(InetSocketAddress via) throws IOException {
        return new TestPlayer(via, rootKey);
    }

    PublicKey rootKey() {
        return rootKey;
    }

    /** The sum over the gateway's lanes of something it counts for links. */
    long ofLinks(String key) {
        long sum = 0;
        for (JsonNode lane : gateway.stats().at("/gateway/lanes")) {
            sum += lane.at("/links/" + key).asLong();
        }
        return sum;
    }

    /** How often the gateway has dropped something for this reason. */
    long drops(String reason) {
        JsonNode count = gateway.stats().at("/gateway/drops/" + reason);
        if (!count.isNumber()) {
            throw new AssertionError("no counter " + reason);
        }
        return count.asLong();
    }

    @Override
    public void close() {
        processes.reversed().forEach(RealProcess::close);
    }

    /** A TCP port that was free a moment ago. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

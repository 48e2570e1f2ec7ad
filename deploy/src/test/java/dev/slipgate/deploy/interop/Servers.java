package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.benchmarks.yardstick.JavaCommand;
import dev.slipgate.benchmarks.yardstick.ServerProcess;
import dev.slipgate.client.CertificatePin;
import dev.slipgate.deploy.Main;
import dev.slipgate.runtime.keys.CertificateFiles;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.keys.RootKeyFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The processes of a test: in a cluster, a directory and on ports of their own, with keys made for
 * them.
 */
final class Servers implements AutoCloseable {
    /**
     * A running process.
     *
     * @param adminPort where it serves health and stats
     */
    record Server(ServerProcess process, int adminPort) {}

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final RootKeyFiles keys;
    private final GatewayKeyFiles nativeKeys;
    private final int hazelcastPort = freeTcpPort();
    private final int gamePort = freeUdpPort();
    private final int nativePort = freeUdpPort();
    private final int tcpPort = freeTcpPort();
    private final int webSocketPort = freeTcpPort();
    private final int tlsPort = freeTcpPort();
    private final int secureWebSocketPort = freeTcpPort();
    private final List<Server> running = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param directory where they run; empty
     */
    Servers(Path directory) throws IOException {
        this.directory = directory;
        this.keys = RootKeyFiles.in(directory, "root");
        keys.create();
        this.nativeKeys = GatewayKeyFiles.in(directory, GatewayKeyFiles.NAME);
        nativeKeys.create();
    }

    /** Starts a broker, a gateway and a node with this app, and waits until all are ready. */
    Servers startCluster(String app) throws IOException {
        start("broker");
        start("gateway");
        start("node", "node.app=" + app);
        awaitReady();
        return this;
    }

    /** Starts a process by the name of its command, with settings beyond those that all need. */
    Server start(String command, String... settings) throws IOException {
        int adminPort = freeTcpPort();
        var arguments = new ArrayList<String>(List.of(command));
        settingsOf(command).forEach(s -> arguments.addAll(List.of("--set", s)));
        List.of(settings).forEach(s -> arguments.addAll(List.of("--set", s)));
        arguments.addAll(List.of("--set", "admin.port=" + adminPort));
        List<String> line = JavaCommand.of(Main.class.getName(), arguments.toArray(String[]::new));
        var builder = new ProcessBuilder(line).directory(directory.toFile());
        // What the tests are run with must not configure the processes.
        builder.environment().keySet().removeIf(key -> key.startsWith("SLIPGATE_"));
        var server = new Server(ServerProcess.start(command, builder, text -> false), adminPort);
        running.add(server);
        return server;
    }

    private List<String> settingsOf(String command) {
        var cluster =
                List.of(
                        "cluster.name=interop-" + hazelcastPort,
                        "cluster.brokers=" + LOOPBACK.getHostAddress() + ":" + hazelcastPort);
        var listener =
                List.of(
                        "gateway.mpgameserver.host=" + LOOPBACK.getHostAddress(),
                        "gateway.mpgameserver.port=" + gamePort,
                        "gateway.mpgameserver.root-key=" + keys.privateKey());
        var all = new ArrayList<String>();
        if (!command.equals("dev")) {
            all.addAll(cluster);
        }
        if (command.equals("broker")) {
            all.add("cluster.hazelcast-port=" + hazelcastPort);
        }
        if (command.equals("gateway") || command.equals("dev")) {
            all.addAll(listener);
            all.addAll(nativeListeners());
        }
        return all;
    }

    private List<String> nativeListeners() {
        return List.of(
                "gateway.key-files=" + nativeKeys.privateKey(),
                "gateway.slipgate.host=" + LOOPBACK.getHostAddress(),
                "gateway.slipgate.udp-port=" + nativePort,
                "gateway.slipgate.tcp-port=" + tcpPort,
                "gateway.slipgate.ws-port=" + webSocketPort,
                "gateway.slipgate.tls-port=" + tlsPort,
                "gateway.slipgate.wss-port=" + secureWebSocketPort);
    }

    /** Waits until every process says that it is ready. */
    void awaitReady() {
        for (Server server : running) {
            awaitAnswer(server, "/health/ready");
        }
    }

    /** Waits until a process runs, though it may still wait for others. */
    void awaitLive(Server server) {
        awaitAnswer(server, "/health/live");
    }

    private void awaitAnswer(Server server, String path) {
        ServerProcess process = server.process();
        await(process.name() + " answers " + path)
                .atMost(START_LIMIT)
                .failFast(() -> assertThat(process.alive()).as(process.lastOutput()).isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get(server, path).statusCode() == 200);
    }

    /** A counter of a node's {@code /stats}, over all its lanes. */
    long nodeSum(Server server, String counter) throws IOException, InterruptedException {
        return new JsonObject(get(server, "/stats").body())
                .getJsonObject("node").getJsonArray("lanes").stream()
                        .mapToLong(lane -> ((JsonObject) lane).getLong(counter))
                        .sum();
    }

    private HttpResponse<String> get(Server server, String path)
            throws IOException, InterruptedException {
        String url = "http://" + LOOPBACK.getHostAddress() + ":" + server.adminPort() + path;
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Where clients connect. */
    InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, gamePort);
    }

    /** Where clients of the native protocol connect by UDP. */
    InetSocketAddress nativeUdp() {
        return new InetSocketAddress(LOOPBACK, nativePort);
    }

    /** The same by TCP. */
    InetSocketAddress nativeTcp() {
        return new InetSocketAddress(LOOPBACK, tcpPort);
    }

    /** The same for web pages. */
    URI webSocket() {
        return URI.create("ws://" + LOOPBACK.getHostAddress() + ":" + webSocketPort + "/v1");
    }

    /** The URI of a listener by its scheme, with the key to pin. */
    String uri(String scheme) throws IOException {
        int port =
                switch (scheme) {
                    case "udp" -> nativePort;
                    case "tcp" -> tcpPort;
                    case "tls" -> tlsPort;
                    case "ws" -> webSocketPort;
                    case "wss" -> secureWebSocketPort;
                    default -> throw new IllegalArgumentException(scheme);
                };
        return uri(scheme, new InetSocketAddress(LOOPBACK, port));
    }

    /** The same by way of a relay. */
    String uri(String scheme, InetSocketAddress via) throws IOException {
        return "%s://%s:%d?key=%s"
                .formatted(
                        scheme,
                        LOOPBACK.getHostAddress(),
                        via.getPort(),
                        Files.readString(nativePublicKey()).strip());
    }

    /** The certificate of a {@code dev} process, for its clients to pin. */
    CertificatePin certificatePin() {
        Path made = directory.resolve(".slipgate").resolve("keys");
        return CertificatePin.parse(CertificateFiles.in(made, CertificateFiles.NAME).pin());
    }

    /** What clients of the native protocol pin. */
    Path nativePublicKey() {
        return nativeKeys.publicKey();
    }

    /** What mpgameserver clients pin. */
    Path publicKey() {
        return keys.publicKey();
    }

    /** Ends the brokers last: without one, the others take their time to leave. */
    @Override
    public void close() {
        running.stream()
                .map(Server::process)
                .sorted(Comparator.comparing(process -> process.name().equals("broker")))
                .forEach(ServerProcess::close);
        http.close();
    }

    private static int freeTcpPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return socket.getLocalPort();
        }
    }
}

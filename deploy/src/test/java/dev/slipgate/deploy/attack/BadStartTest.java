package dev.slipgate.deploy.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.keys.RootKeyFiles;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever starts a process wrongly reads one line per problem, which names the thing and the
 * remedy, and gets an exit code that is not 0.
 */
@Tag("ci")
class BadStartTest {
    private static final long END_S = 30;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @TempDir Path directory;
    private final List<RealProcess> running = new ArrayList<>();
    private final int brokerPort = RealChain.freePort();

    @BeforeEach
    void key() {
        RootKeyFiles.in(directory, "root").create();
    }

    @AfterEach
    void end() {
        running.forEach(RealProcess::close);
    }

    @Test
    void aPublicPortInUse() throws Exception {
        try (var taken = new DatagramSocket(loopback())) {
            String port = String.valueOf(taken.getLocalPort());
            String[] dev = {"dev", "--admin-port=0", "--mpgameserver-host=127.0.0.1"};
            String off = "--set=gateway.slipgate.enabled=false";
            mustFail(
                    FAILURE,
                    RealProcess.with(dev, off, "--mpgameserver-port=" + port),
                    port,
                    "in use",
                    "gateway.mpgameserver.port");
        }
    }

    @Test
    void aPublicPortOfAStreamInUse() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(loopback());
            String port = String.valueOf(taken.getLocalPort());
            String[] dev = {
                "dev",
                "--admin-port=0",
                "--mpgameserver-host=127.0.0.1",
                "--mpgameserver-port=0",
                "--slipgate-host=127.0.0.1",
                "--udp-port=0",
                "--tcp-port=0",
                "--tls-port=" + port
            };
            mustFail(FAILURE, dev, port, "in use", "gateway.slipgate.tls-port");
        }
    }

    @Test
    void thePublicPortOfAGatewayInUse() throws Exception {
        broker("blue");
        try (var taken = new DatagramSocket(loopback())) {
            String port = String.valueOf(taken.getLocalPort());
            mustFail(
                    FAILURE,
                    gateway(
                            "--cluster-name=blue",
                            "--mpgameserver-host=127.0.0.1",
                            "--mpgameserver-port=" + port),
                    port,
                    "in use",
                    "gateway.mpgameserver.port");
        }
    }

    @Test
    void anAdminPortInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            mustFail(
                    FAILURE,
                    new String[] {"broker", "--admin-port=" + port},
                    port,
                    "in use",
                    "admin.port");
            mustFail(FAILURE, gateway("--admin-port=" + port), port, "in use", "admin.port");
        }
    }

    @Test
    void theHazelcastPortOfABrokerInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            mustFail(
                    FAILURE,
                    new String[] {
                        "broker", "--admin-port=0", "--set", "cluster.hazelcast-port=" + port
                    },
                    port,
                    "in use",
                    "cluster.hazelcast-port");
        }
    }

    @Test
    void aRootKeyThatIsNone() throws Exception {
        Path text = Files.writeString(directory.resolve("text.key"), "no key at all\n");
        Path encrypted =
                Files.writeString(
                        directory.resolve("encrypted.key"),
                        """
                        -----BEGIN ENCRYPTED PRIVATE KEY-----
                        MIHsMFcG
                        -----END ENCRYPTED PRIVATE KEY-----
                        """);
        mustFail(FAILURE, key(directory.resolve("none.key")), "none.key", "check that it is there");
        mustFail(FAILURE, key(directory), directory.toString(), "cannot be read");
        mustFail(FAILURE, key(text), "text.key");
        mustFail(FAILURE, key(encrypted), "encrypted.key", "encrypted");
        mustFail(FAILURE, key(directory.resolve("root.pub")), "root.pub");
        mustFail(
                FAILURE, new String[] {"gateway"}, "no root key", "slipgate keygen", "--key-files");
    }

    @Test
    void aGatewayKeyThatIsNone() throws Exception {
        GatewayKeyFiles.in(directory, "gateway").create();
        mustFail(FAILURE, gateway("--key-files=none.key"), "none.key", "check that it is there");
        mustFail(FAILURE, gateway("--key-files=root.key"), "root.key", "mpgameserver's root key");
        mustFail(FAILURE, gateway("--key-files=gateway.pub"), "gateway.pub", "slipgate keygen");
        mustFail(
                FAILURE,
                gateway("--key-files=gateway.key,gateway.key"),
                "gateway.key-files",
                "name each key once");
    }

    @Test
    void aGatewayWithOtherKeysThanThoseOfItsCluster() throws Exception {
        String blue = GatewayKeyFiles.in(directory, "blue").create().idText();
        String green = GatewayKeyFiles.in(directory, "green").create().idText();
        broker("blue");
        start(gateway(onFreePort("--name=first", "--key-files=blue.key"))).awaitReady();
        mustFail(
                FAILURE,
                gateway(onFreePort("--key-files=green.key")),
                "this gateway has " + green,
                "gateway first has " + blue,
                "gateway.key-files");
        start(gateway(onFreePort("--key-files=green.key,blue.key"))).awaitReady();
    }

    private static String[] onFreePort(String... more) {
        return RealProcess.with(
                RealProcess.with(RealProcess.ON_FREE_PORTS, "--cluster-name=blue"), more);
    }

    @Test
    void anAppThatIsNone() throws Exception {
        Path jar = Files.writeString(directory.resolve("broken.jar"), "not a jar");
        mustFail(FAILURE, new String[] {"node", "--app=ecko"}, "no app ecko", "--app");
        mustFail(FAILURE, new String[] {"dev", "--app=ecko"}, "no app ecko", "--app");
        mustFail(FAILURE, new String[] {"node", "--app-jar=" + jar}, "broken.jar", "mvn package");
        mustFail(
                FAILURE,
                new String[] {"node", "--app-jar=nowhere.jar"},
                "nowhere.jar",
                "not there");
    }

    @Test
    void brokersThatAreMalformed() throws Exception {
        for (String entry : List.of("10.0.0.1:70000", "a:b:c", ":5701", "host:", "a:1,,b:2")) {
            String[] arguments = {"node", "--brokers=" + entry};
            mustFail(USAGE, arguments, "cluster.brokers", "--brokers", "host:port");
        }
    }

    @Test
    void aFileWithMistakes() throws Exception {
        Path file = directory.resolve("my.yaml");
        Files.writeString(file, "cluster: {nam: blue}");
        String[] arguments = {"broker", "--config=my.yaml"};
        mustFail(USAGE, arguments, "cluster.nam", "my.yaml", "did you mean cluster.name?");
        Files.writeString(file, "cluster: [\n");
        mustFail(USAGE, arguments, "my.yaml", "mend it");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        mustFail(USAGE, arguments, "my.yaml", "UTF-8");
        mustFail(USAGE, new String[] {"broker", "--config=none.yaml"}, "none.yaml");
        Files.writeString(
                file,
                """
                cluster:
                  name: a b
                bus:
                  host: 0.0.0.0
                node:
                  tick-ms: 0
                """);
        List<String> told = told(USAGE, arguments);
        assertThat(told).hasSize(3);
        assertThat(told).anySatisfy(line -> assertThat(line).contains("cluster.name", "a b"));
        assertThat(told).anySatisfy(line -> assertThat(line).contains("bus.host", "bus.insecure"));
        assertThat(told).anySatisfy(line -> assertThat(line).contains("node.tick-ms", "1 to"));
    }

    @Test
    void anUnknownFlag() throws Exception {
        RealProcess process = start("gateway", "--root-kee=x");
        assertThat(process.exitCode(END_S)).isEqualTo(USAGE);
        assertThat(process.err)
                .hasSize(2)
                .first()
                .asString()
                .contains("--root-kee", "did you mean --root-key?");
    }

    @Test
    void aBusInClearOffLoopback() throws Exception {
        mustFail(USAGE, gateway("--bus-host=192.0.2.1"), "bus.host", "bus.insecure=true");
    }

    @Test
    void aBrokerOfAnotherCluster() throws Exception {
        broker("blue");
        String address = "127.0.0.1:" + brokerPort;
        mustFail(
                FAILURE, gateway("--cluster-name=red"), address, "'blue'", "'red'", "cluster.name");
    }

    @Test
    void aBrokerThatDoesNotResolveIsWaitedFor() throws Exception {
        RealProcess node = start("node", "--admin-port=0", "--brokers=nowhere.invalid:5701");
        node.awaitLine(Pattern.compile("waiting for a broker (.*nowhere.invalid:5701)"));
        assertThat(node.alive()).isTrue();
    }

    private void broker(String cluster) throws IOException {
        start(
                        "broker",
                        "--admin-port=0",
                        "--cluster-name=" + cluster,
                        "--set=cluster.hazelcast-port=" + brokerPort)
                .awaitReady();
    }

    private String[] gateway(String... more) {
        String[] common = {
            "gateway",
            "--set=admin.port=0",
            "--root-key=root.key",
            "--brokers=127.0.0.1:" + brokerPort
        };
        return RealProcess.with(common, more);
    }

    private static String[] key(Path file) {
        return new String[] {"gateway", "--admin-port=0", "--root-key=" + file};
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private RealProcess start(String... arguments) throws IOException {
        RealProcess process = RealProcess.start(directory, RealProcess.MAIN, arguments);
        running.add(process);
        return process;
    }

    private void mustFail(int code, String[] arguments, String... words) throws Exception {
        assertThat(told(code, arguments)).singleElement().asString().contains(words);
    }

    /** The problems that a process tells when it is started so. */
    private List<String> told(int code, String... arguments) throws Exception {
        RealProcess process = start(arguments);
        assertThat(process.exitCode(END_S)).as("exit code\n%s", process).isEqualTo(code);
        List<String> all = new ArrayList<>(process.out);
        all.addAll(process.err);
        assertThat(all)
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception:"))
                .noneMatch(line -> line.contains(" ERROR "));
        return process.err.stream().filter(line -> line.startsWith("slipgate: ")).toList();
    }
}

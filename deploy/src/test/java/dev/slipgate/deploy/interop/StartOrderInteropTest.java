package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three processes find each other, whichever was first; two nodes share the clients. */
@PythonTest
class StartOrderInteropTest {
    @TempDir private Path directory;
    private Servers servers;

    @BeforeEach
    void prepare() throws IOException {
        servers = new Servers(directory);
    }

    @AfterEach
    void stopServers() {
        servers.close();
    }

    static Stream<List<String>> orders() {
        return Stream.of(
                List.of("broker", "gateway", "node"),
                List.of("broker", "node", "gateway"),
                List.of("gateway", "broker", "node"),
                List.of("gateway", "node", "broker"),
                List.of("node", "broker", "gateway"),
                List.of("node", "gateway", "broker"));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theyServeInWhateverOrderTheyStart(List<String> order) throws Exception {
        for (String command : order) {
            servers.awaitLive(servers.start(command));
        }
        servers.awaitReady();

        try (ToolRun run =
                ToolRun.play(
                        ToolRun.EXAMPLE,
                        servers.address(),
                        servers.publicKey(),
                        "--count=100",
                        "--max-size=200")) {
            assertThat(run.awaitSuccess(Duration.ofMinutes(2))).contains("echoed 100, missing 0");
        }
    }

    @Test
    void twoNodesShareTheClientsOfAGateway() throws Exception {
        servers.start("broker");
        servers.start("gateway");
        Servers.Server first = servers.start("node");
        Servers.Server second = servers.start("node");
        servers.awaitReady();

        try (ToolRun run =
                ToolRun.play(
                        ToolRun.script("crowd.py"),
                        servers.address(),
                        servers.publicKey(),
                        "--clients=8",
                        "--count=100")) {
            assertThat(run.awaitSuccess(Duration.ofMinutes(2)))
                    .contains("8 clients: echoed 800, not as sent 0");
        }
        assertThat(List.of(opened(first), opened(second)))
                .allSatisfy(count -> assertThat(count).isPositive())
                .satisfies(System.out::println);
        assertThat(opened(first) + opened(second)).isEqualTo(8);
    }

    private long opened(Servers.Server node) throws Exception {
        return servers.nodeSum(node, "openedConnections");
    }
}

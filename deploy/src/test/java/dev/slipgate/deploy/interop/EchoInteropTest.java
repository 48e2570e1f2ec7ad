package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.runtime.keys.RootKeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker, gateway and a node with the echo app, on a clean path. */
@PythonTest
class EchoInteropTest {
    private static final int PROCESSES = 4;

    @TempDir private static Path directory;
    private static Servers servers;

    @BeforeAll
    static void startServers() throws IOException {
        servers = new Servers(directory);
        servers.startCluster("echo");
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Test
    void theClientIsTheReleaseThatWePlayWith() throws Exception {
        String line = "import importlib.metadata as m; print(m.version('mpgameserver'))";
        try (ToolRun run = ToolRun.python(line)) {
            assertThat(run.awaitSuccess(Duration.ofMinutes(1))).isEqualToIgnoringNewLines("0.2.4");
        }
    }

    @Test
    void aThousandMessagesUpTo100KilobytesComeBackOnceAndUnchanged() throws Exception {
        try (ToolRun run = ToolRun.play(ToolRun.EXAMPLE, servers.address(), servers.publicKey())) {
            String printed = run.awaitSuccess(Duration.ofMinutes(10));

            assertThat(printed)
                    .contains("sent 1000, echoed 1000, missing 0, not as sent 0")
                    .satisfies(System.out::print);
        }
    }

    @Test
    void aClientThatPinsAnotherKeyRefusesTheGateway(@TempDir Path other) throws Exception {
        RootKeyFiles otherKeys = RootKeyFiles.in(other, "other");
        otherKeys.create();
        try (ToolRun run =
                ToolRun.play(ToolRun.EXAMPLE, servers.address(), otherKeys.publicKey())) {
            assertThat(run.await(Duration.ofMinutes(1))).isEqualTo(1);
            assertThat(run.output())
                    .contains("refused: the gateway does not hold the pinned root key");
        }
    }

    @Test
    void sixtyFourClientsAtOnceGetTheirOwnMessagesBack() throws Exception {
        List<ToolRun> crowds = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                crowds.add(
                        ToolRun.play(
                                ToolRun.script("crowd.py"),
                                servers.address(),
                                servers.publicKey(),
                                "--clients=16",
                                "--count=200"));
            }
            for (ToolRun crowd : crowds) {
                assertThat(crowd.awaitSuccess(Duration.ofMinutes(6)))
                        .contains("16 clients: echoed 3200, not as sent 0")
                        .satisfies(System.out::print);
            }
        } finally {
            for (ToolRun crowd : crowds) {
                crowd.close();
            }
        }
    }
}

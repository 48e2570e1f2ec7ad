package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is gone without a word. */
@PythonTest
class ClientKilledInteropTest {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(5);

    @Test
    void itsDisconnectComesAfterTheTimeout(@TempDir Path directory) throws Exception {
        try (var servers = new Servers(directory)) {
            Servers.Server dev = servers.start("dev", "node.app=ledger");
            servers.awaitReady();
            try (ToolRun run =
                    ToolRun.play(
                            ToolRun.script("ledger.py"),
                            servers.address(),
                            servers.publicKey(),
                            "--count=1000000")) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> servers.nodeSum(dev, "messagesReceived") > 10);
                run.kill();
                assertThat(run.output()).contains("connected");
            }

            await().between(SESSION_TIMEOUT.minusSeconds(1), SESSION_TIMEOUT.multipliedBy(2))
                    .until(
                            () ->
                                    dev.process()
                                            .lastOutput()
                                            .contains("disconnected CLIENT_TIMEOUT"));
        }
    }
}

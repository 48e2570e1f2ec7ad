package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier that was written from docs/wire-protocol.md alone. */
@PythonTest
class WireVerifierInteropTest {
    private static final Path VERIFIER = Path.of("..", "tools", "wire-verifier", "verify.py");
    private static final Path VECTORS = Path.of("..", "docs", "wire-vectors");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void itsTwoRolesUnderstandEachOther() throws Exception {
        try (ToolRun run = ToolRun.python(VERIFIER, "selftest")) {
            assertThat(run.awaitSuccess(PATIENCE))
                    .contains("selftest ok")
                    .satisfies(System.out::print);
        }
    }

    @Test
    void itReadsAndWritesTheVectorsByteForByte() throws Exception {
        try (ToolRun run = ToolRun.python(VERIFIER, "vectors", VECTORS.toString())) {
            assertThat(run.awaitSuccess(PATIENCE))
                    .contains("vectors ok")
                    .satisfies(System.out::print);
        }
    }

    @Test
    void itShakesHandsWithARunningGatewayAndGetsItsMessagesBack(@TempDir Path directory)
            throws Exception {
        try (var servers = new Servers(directory)) {
            servers.start("dev");
            servers.awaitReady();
            try (ToolRun run = echo(servers)) {
                assertThat(run.awaitSuccess(PATIENCE))
                        .contains("handshake ok, 1000 sent, 1000 echoed, closed")
                        .satisfies(System.out::print);
            }
        }
    }

    private static ToolRun echo(Servers servers) throws Exception {
        var address = servers.nativeUdp();
        return ToolRun.python(
                VERIFIER,
                "echo",
                address.getAddress().getHostAddress(),
                Integer.toString(address.getPort()),
                servers.nativeKeys().publicKey().toString(),
                "--count=1000",
                "--size=3000");
    }
}

package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

            assertThat(echo(servers.nativeUdp(), servers))
                    .contains("handshake ok, 1000 sent, 1000 echoed, closed");
            assertThat(echo(servers.nativeTcp(), servers, "--tcp"))
                    .contains("handshake ok, 1000 sent, 1000 echoed, closed");
        }
    }

    private static String echo(InetSocketAddress gateway, Servers servers, String... arguments)
            throws Exception {
        var all = new ArrayList<>(List.of("echo", "--count=1000", "--size=3000"));
        all.addAll(List.of(arguments));
        all.add(gateway.getAddress().getHostAddress());
        all.add(Integer.toString(gateway.getPort()));
        all.add(servers.nativePublicKey().toString());
        try (ToolRun run = ToolRun.python(VERIFIER, all.toArray(String[]::new))) {
            String printed = run.awaitSuccess(PATIENCE);
            System.out.print(printed);
            return printed;
        }
    }
}

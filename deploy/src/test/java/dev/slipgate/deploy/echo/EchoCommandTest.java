package dev.slipgate.deploy.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.runtime.cli.CommandRun;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.testing.gateway.EchoGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EchoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200})
    void everythingThatComesBackIsExitCodeZero(int channel) throws Exception {
        try (var gateway = EchoGateway.udp()) {
            int code =
                    run(
                            gateway.uri(),
                            "--count=50",
                            "--rate=0",
                            "--size=2000",
                            "--channel=" + channel);

            assertThat(err.toString()).isEmpty();
            assertThat(code).isEqualTo(ExitCode.OK);
            assertThat(out.toString())
                    .contains("connected to udp://127.0.0.1")
                    .contains("sent 50, echoed 50, missing 0, changed 0, unexpected 0");
        }
    }

    @Test
    void eachSecondShowsThePath() throws Exception {
        try (var gateway = EchoGateway.udp()) {
            assertThat(run(gateway.uri(), "--duration=1", "--rate=50")).isEqualTo(ExitCode.OK);
            assertThat(out.toString().lines().skip(1).findFirst().orElseThrow())
                    .containsPattern(
                            "1 s  sent \\d+  echoed \\d+  under way \\d+  rtt [\\d.]+ ms  jitter"
                                    + " [\\d.]+ ms  loss out 0.0 % in 0.0 %  echo p50 [\\d.]+ ms");
        }
    }

    @Test
    void whatDoesNotComeBackIsMissingAndExitCodeOne() throws Exception {
        try (var gateway = EchoGateway.udp()) {
            gateway.sessions().beLazy();
            assertThat(run(gateway.uri(), "--count=3", "--rate=0")).isEqualTo(ExitCode.FAILURE);
            assertThat(out.toString()).contains("sent 3, echoed 0, missing 3");
        }
    }

    @Test
    void aLostConnectionEndsItWithASummary() throws Exception {
        try (var gateway = EchoGateway.udp()) {
            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> run(gateway.uri()));
            await().until(() -> gateway.sessions().received() > 0);
            gateway.closeSessions(CloseReason.APP_CLOSED);

            assertThat(code.get()).isEqualTo(ExitCode.FAILURE);
            assertThat(err.toString()).contains("echo: the connection ended: the app closed");
            assertThat(out.toString()).contains("sent ");
        }
    }

    @Test
    void aFailureToConnectIsOneLineAndExitCodeOne() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String uri =
                    "udp://127.0.0.1:%d?key=%s"
                            .formatted(silent.getLocalPort(), EchoGateway.otherKeyText());
            assertThat(run(uri, "--connect-timeout=200")).isEqualTo(ExitCode.FAILURE);
            assertThat(err.toString().lines()).singleElement().asString().contains("no answer");
        }
    }

    @Test
    void aUriWithoutAKeyIsRefusedWithAHint() {
        assertThat(run("udp://127.0.0.1:7770")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("?key=", "keygen", ".slipgate/keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--size=7", "--channel=256", "--rate=-1", "--pin=x", "--connect-timeout=0"})
    void aValueOutOfItsRangeIsMisuse(String option) {
        String uri = "udp://127.0.0.1:7770?key=" + EchoGateway.otherKeyText();
        assertThat(run(uri, option)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aChangedAndADoubledEchoAreTold() {
        var plan = new EchoPlan(0, 64, 0, 10, Long.MAX_VALUE);
        var ledger = new EchoLedger(plan);
        for (long number = 1; number <= 3; number++) {
            ledger.sending(number, 0);
        }
        byte[] changed = plan.message(2);
        changed[60] ^= 1;
        ledger.came(plan.message(1), 5_000_000);
        ledger.came(plan.message(1), 6_000_000);
        ledger.came(changed, 7_000_000);

        EchoLedger.Totals total = ledger.total();
        assertThat(total.echoed()).isEqualTo(2);
        assertThat(total.underWay()).isEqualTo(1);
        assertThat(total.wrong()).isEqualTo(1);
        assertThat(total.unexpected()).isEqualTo(1);
        assertThat(total.whole()).isFalse();
    }

    @Test
    void theRateIsKeptOverAnyTime() {
        var plan = new EchoPlan(0, 64, 3, 1_000_000, Long.MAX_VALUE);
        assertThat(plan.dueAfter(0)).isEqualTo(1);
        assertThat(plan.dueAfter(333_000_000)).isEqualTo(1);
        assertThat(plan.dueAfter(334_000_000)).isEqualTo(2);
        assertThat(plan.dueAfter(3600L * 1_000_000_000)).isEqualTo(10_801);
    }

    private int run(String uri, String... options) {
        CommandLine command = EchoCommand.create().setCommandName("echo");
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        List<String> args = new ArrayList<>(List.of(options));
        args.add(uri);
        return CommandRun.run(command, args.toArray(String[]::new));
    }
}

package dev.slipgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipgate.runtime.cli.CommandRun;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.testing.gateway.EchoGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NativeBenchTest {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private EchoGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = EchoGateway.udp();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theNativeProtocolIsWhatIsMeasuredUnlessTold() throws IOException {
        int code = bench("--key=" + key(keyText()), "--rate=400", "--json");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        JsonNode findings = json().path("findings");
        assertThat(findings.at("/plan/protocol").asText()).isEqualTo("SLIPGATE");
        JsonNode run = findings.at("/results/0/runs/0");
        assertThat(run.path("echoed").asLong()).isBetween(300L, 420L);
        assertThat(run.path("lost").asLong()).isZero();
        assertThat(run.path("duplicates").asLong()).isZero();
        assertThat(run.path("changed").asLong()).isZero();
    }

    @Test
    void messagesThatGoTogetherShareAPacket() throws IOException {
        int code =
                bench("--key=" + key(keyText()), "--messages-per-packet=20", "--size=50", "--json");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        JsonNode run = json().at("/findings/results/0/runs/0");
        assertThat(run.path("echoed").asLong()).isPositive();
        assertThat(run.path("duplicates").asLong()).isZero();
        assertThat(run.at("/up/perMessage").asDouble()).isBetween(0.05, 0.3);
    }

    @Test
    void moreMessagesThanAPacketHoldsAreRefused() throws IOException {
        int code = bench("--wrong-key", "--messages-per-packet=20", "--size=200");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("20 messages of 200 bytes do not fit a packet");
    }

    @Test
    void aKeyThatNobodyHasFailsTheBench() throws IOException {
        int code = bench("--wrong-key", "--rate=100");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("WRONG_KEY");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theKeyOfAnotherGatewayFailsTheBench() throws IOException {
        int code = bench("--key=" + key(EchoGateway.otherKeyText()), "--rate=100");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("WRONG_KEY");
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedInOneLine() throws IOException {
        assertThat(bench("--key=" + key("nonsense"), "--rate=100")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("not a gateway key");
    }

    @Test
    void theFloodIsOfTheNativeProtocolAlone() throws IOException {
        int code = bench("--scenario=flood", "--protocol=mpgameserver");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("give --protocol slipgate");
    }

    @Test
    void numbersOutOfRangeAreRefusedBeforeAnythingStarts() throws IOException {
        for (String wrong :
                List.of(
                        "--scenario=idle,--sessions=70000",
                        "--scenario=handshakes,--connecting=0",
                        "--scenario=flood,--flood=0",
                        "--scenario=flood,--seconds=0",
                        "--scenario=flood,--living=0")) {
            err.getBuffer().setLength(0);
            assertThat(bench(wrong.split(","))).as(wrong).isEqualTo(ExitCode.FAILURE);
            String option = wrong.substring(wrong.indexOf(',') + 1, wrong.lastIndexOf('='));
            assertThat(err.toString()).as(wrong).contains(option + " is ");
        }
    }

    private int bench(String... options) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--target=127.0.0.1:" + URI.create(gateway.place()).getPort(),
                                "--clients=8",
                                "--rounds=1",
                                "--warm-up=1"));
        arguments.addAll(List.of(options));
        if (arguments.stream().noneMatch(a -> a.startsWith("--seconds"))) {
            arguments.add("--seconds=1");
        }
        CommandLine command =
                BenchCommand.create()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return CommandRun.run(command, arguments.toArray(String[]::new));
    }

    private String keyText() {
        return gateway.uri().substring(gateway.uri().indexOf("?key=") + 5);
    }

    private Path key(String text) throws IOException {
        return Files.writeString(directory.resolve("gateway.pub"), text + "\n");
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }
}

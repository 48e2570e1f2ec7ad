package dev.slipgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.runtime.cli.CommandRun;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SealedEcho server;

    @BeforeEach
    void start() throws IOException {
        server = new SealedEcho();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aHeldRateAgainstARunningGatewayIsMeasured() throws IOException {
        int code = bench("--root-key=" + publicKeyFile(), "--rate=200", "--json");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        JsonNode run = json().at("/findings/results/0/runs/0");
        assertThat(run.path("echoed").asLong()).isBetween(150L, 210L);
        assertThat(run.path("lost").asLong()).isZero();
        assertThat(run.path("duplicates").asLong()).isZero();
        assertThat(json().at("/machine/cores").asInt()).isPositive();
    }

    @Test
    void theHighestRateIsReachedByRampingUp() throws IOException {
        int code = bench("--root-key=" + publicKeyFile());

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("gateway, highest rate").contains("pacing off");
    }

    @Test
    void thePrivateKeyFileDoesAsWell() throws IOException {
        Path file = directory.resolve("root.key");
        Files.writeString(file, P256KeyFile.writePrivate(server.rootKey()));

        assertThat(bench("--root-key=" + file, "--rate=100")).isEqualTo(ExitCode.OK);
    }

    @Test
    void aWrongKeyFailsTheBench() throws IOException {
        int code = bench("--wrong-key", "--rate=100");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("the server's signature is not by the root key");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theKeyOfAnotherPairFailsTheBench() throws IOException {
        Path file = directory.resolve("other.pub");
        try (var other = new SealedEcho()) {
            Files.writeString(file, P256KeyFile.writePublic(other.rootKey().getPublic()));
        }

        assertThat(bench("--root-key=" + file, "--rate=100")).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void aTargetWithoutAKeyIsRefusedInOneLine() throws IOException {
        assertThat(bench("--rate=100")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("add --key FILE");
    }

    @Test
    void aSizeThatNoPacketHoldsIsRefused() throws IOException {
        assertThat(bench("--wrong-key", "--size=5000")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("--size is 5000");
    }

    @Test
    void manyMessagesToAPacketAreOfTheNativeProtocol() throws IOException {
        assertThat(bench("--wrong-key", "--messages-per-packet=2")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("--messages-per-packet is 2");
    }

    private int bench(String... options) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--protocol=mpgameserver",
                                "--target=127.0.0.1:" + server.address().getPort(),
                                "--clients=8",
                                "--rounds=1",
                                "--seconds=1",
                                "--warm-up=1"));
        arguments.addAll(List.of(options));
        CommandLine command =
                BenchCommand.create()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return CommandRun.run(command, arguments.toArray(String[]::new));
    }

    private Path publicKeyFile() throws IOException {
        Path file = directory.resolve("root.pub");
        Files.writeString(file, P256KeyFile.writePublic(server.rootKey().getPublic()));
        return file;
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }
}

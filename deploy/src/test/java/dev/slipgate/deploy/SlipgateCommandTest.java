package dev.slipgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SlipgateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path temp;

    @Test
    void helpNamesTheCommandsButThoseForTests() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("dev ", "broker ", "gateway ", "node ", "keygen ", "config ", "bench ")
                .doesNotContain("relay", "train");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dev", "broker", "gateway", "node", "keygen", "config", "bench", "relay"})
    void everyCommandHasHelp(String name) {
        assertThat(run(name, "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("slipgate " + name);
    }

    @Test
    void withoutACommandTheHelpGoesToStderrAndTheUsageWasWrong() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Commands:");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMistypedCommandGetsAHint() {
        assertThat(run("gatway")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("did you mean gateway?");
    }

    @Test
    void configShowsEachValueWithItsSourceAndNoSecret() {
        int code =
                run(
                        "config",
                        "--cluster-name=blue",
                        "--set",
                        "gateway.mpgameserver.root-key-pem=hush");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern("cluster.name +blue +--cluster-name")
                .containsPattern("root-key-pem +\\(secret\\) +--set")
                .containsPattern("bus.host +127.0.0.1 +default")
                .doesNotContain("hush");
    }

    @Test
    void keygenTellsWhatItWroteAndNeverOverwrites() {
        assertThat(run("keygen", "--name", "blue", temp.toString())).isEqualTo(ExitCode.OK);
        assertThat(temp.resolve("blue.key")).exists();
        assertThat(out.toString()).contains(temp.resolve("blue.pub").toString());

        assertThat(run("keygen", "--name", "blue", temp.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("never overwritten").doesNotContain("\tat ");
    }

    private int run(String... args) {
        CommandLine command = SlipgateCommand.create();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return Main.run(command, args);
    }
}

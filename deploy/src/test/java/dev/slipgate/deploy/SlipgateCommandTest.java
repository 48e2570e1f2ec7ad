package dev.slipgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
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
                .contains(
                        "dev ",
                        "broker ",
                        "gateway ",
                        "node ",
                        "keygen ",
                        "config ",
                        "echo ",
                        "bench ")
                .doesNotContain("relay", "train");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev", "broker", "gateway", "node", "keygen", "config", "echo", "bench", "relay"
            })
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
        String[] blue = {"keygen", "--type=mpgameserver", "--name", "blue", temp.toString()};
        assertThat(run(blue)).isEqualTo(ExitCode.OK);
        assertThat(temp.resolve("blue.key")).exists();
        assertThat(out.toString()).contains(temp.resolve("blue.pub").toString());

        assertThat(run(blue)).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("never overwritten").doesNotContain("\tat ");
    }

    @Test
    void keygenMakesBothKindsOfKeyAndTellsWhatClientsPin() throws IOException {
        assertThat(run("keygen", temp.toString())).isEqualTo(ExitCode.OK);
        assertThat(temp.resolve("root.key")).exists();
        assertThat(temp.resolve("gateway.key")).exists();
        String pinned = Files.readString(temp.resolve("gateway.pub")).strip();
        assertThat(out.toString()).contains("?key=" + pinned).containsPattern("id [0-9a-f]{8}\\s");
    }

    @Test
    void keygenMakesAllOrNone() throws IOException {
        Files.writeString(temp.resolve("root.pub"), "mine");
        assertThat(run("keygen", temp.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(temp.resolve("gateway.key")).doesNotExist();

        assertThat(run("keygen", "--type=slipgate", temp.toString())).isEqualTo(ExitCode.OK);
        assertThat(temp.resolve("gateway.key")).exists();
        assertThat(temp.resolve("root.key")).doesNotExist();
    }

    @Test
    void keygenIsToldWhichKeyANameIsForAndKnowsTheTypes() {
        assertThat(run("keygen", "--name=blue", temp.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("add --type=slipgate or --type=mpgameserver");
        assertThat(run("keygen", "--type=rsa", temp.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("give slipgate or mpgameserver, not rsa");
        assertThat(temp).isEmptyDirectory();
    }

    private int run(String... args) {
        CommandLine command = SlipgateCommand.create();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return Main.run(command, args);
    }
}

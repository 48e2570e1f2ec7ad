package dev.slipgate.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.config.EffectiveValue;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<Configuration> seen = new AtomicReference<>();

    @Test
    void flagsSetKeysAndTheLaterOneWins() {
        int code =
                run(
                        "--set",
                        "node.tick-ms=10",
                        "--name",
                        "n1",
                        "--brokers",
                        "a,b",
                        "--set",
                        "node.name=n2");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(seen.get().settings().node().tickMs()).isEqualTo(10);
        assertThat(seen.get().settings().node().name()).isEqualTo("n2");
        assertThat(seen.get().settings().cluster().brokers()).hasSize(2);
        assertThat(seen.get().values())
                .filteredOn(value -> value.key().name().equals("cluster.brokers"))
                .extracting(EffectiveValue::source)
                .containsExactly("--brokers");
    }

    @Test
    void aBadValueIsOneLineAndAUsageCode() {
        assertThat(run("--set", "node.tick-ms=soon")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "node: node.tick-ms = 'soon' (--set): give a whole number from 1 to"
                                + " 600000\n");
    }

    @Test
    void aMistypedFlagGetsAHint() {
        assertThat(run("--brokes", "a")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'--brokes'; did you mean --brokers?", "--help");
    }

    @Test
    void whatIsNoPairIsRefused() {
        assertThat(run("--set", "node.tick-ms")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("KEY=VALUE").doesNotContain("\tat ");
    }

    @Test
    void aStartFailureIsItsLineAndItsCode() {
        CommandLine failing =
                SettingsCommand.of(
                        "Fails.",
                        SettingFlag.ofNode(),
                        (configuration, command) -> {
                            throw new StartFailure("port 1 is taken", "free it");
                        });

        assertThat(run(failing)).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).isEqualToNormalizingNewlines("node: port 1 is taken: free it\n");
    }

    @Test
    void helpSaysWhatAFlagMeansAndItsDefault() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("--cluster-name=NAME", "default: slipgate", "--app");
    }

    @Test
    void versionIsWhatMavenBuilt() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("slipgate 0.");
    }

    private int run(String... args) {
        return run(
                SettingsCommand.of(
                        "Runs.",
                        SettingFlag.ofNode(),
                        (configuration, command) -> {
                            seen.set(configuration);
                            return ExitCode.OK;
                        }),
                args);
    }

    private int run(CommandLine command, String... args) {
        command.setCommandName("node");
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return CommandRun.run(command, args);
    }
}

package dev.slipgate.sdk.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.runtime.cli.CommandRun;
import dev.slipgate.runtime.cli.SettingFlag;
import dev.slipgate.runtime.cli.SettingsCommand;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.sdk.App;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class NodeCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anUnknownAppIsOneLineWithTheNamesThereAreAndACode() {
        int code = run(node(), "--app", "tag");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString().lines())
                .containsExactly(
                        "node: there is no app tag in the class path: choose one with --app (echo),"
                                + " or name its jar with --app-jar");
    }

    @Test
    void anAppsOwnMainTakesTheNodesFlagsButNotThoseThatChooseAnApp() {
        CommandLine command = NodeCommand.of(new ChessApp());

        assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("ChessApp", "--brokers", "--name")
                .doesNotContain("--app");
        assertThat(run(command, "--app", "echo")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'--app'");
    }

    private static CommandLine node() {
        return SettingsCommand.ofProcess(
                        "Runs a node.", SettingFlag.ofNode(), NodeCommand.ofConfiguredApp())
                .setCommandName("node");
    }

    private int run(CommandLine command, String... args) {
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return CommandRun.run(command, args);
    }

    private static final class ChessApp implements App {}
}

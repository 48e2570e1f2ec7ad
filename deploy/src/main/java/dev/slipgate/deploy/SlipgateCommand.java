package dev.slipgate.deploy;

import dev.slipgate.deploy.echo.EchoCommand;
import dev.slipgate.runtime.cli.SettingFlag;
import dev.slipgate.runtime.cli.SettingsCommand;
import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code slipgate} with all of its subcommands. */
final class SlipgateCommand {
    private SlipgateCommand() {}

    static CommandLine create() {
        CommandSpec spec = new NoCommand().spec;
        StandardFlags.addTo(spec);
        describe(spec.usageMessage());
        CommandLine command = new CommandLine(spec);
        command.addSubcommand("dev", dev());
        command.addSubcommand("broker", broker());
        command.addSubcommand("gateway", gateway());
        command.addSubcommand("node", node());
        command.addSubcommand("keygen", KeygenCommand.create());
        command.addSubcommand("config", ConfigCommand.create());
        command.addSubcommand("echo", EchoCommand.create());
        command.addSubcommand("bench", Parts.bench());
        command.addSubcommand("relay", hidden(Parts.relay()));
        command.addSubcommand("train", hidden(TrainCommand.create()));
        return command;
    }

    /** What is run when no command is named. */
    private static final class NoCommand implements Callable<Integer> {
        private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("slipgate");

        @Override
        public Integer call() {
            spec.commandLine().usage(spec.commandLine().getErr());
            return ExitCode.USAGE;
        }
    }

    private static void describe(UsageMessageSpec usage) {
        usage.description(
                "Encrypted edge and message-broker cluster for real-time multiplayer back ends.");
        usage.synopsisSubcommandLabel("COMMAND");
        usage.commandListHeading("%nCommands:%n");
        usage.footerHeading("%nTo begin:%n");
        usage.footer(
                "  slipgate dev                    everything in one process, with an echo app",
                "  slipgate dev --app-jar my.jar --app my-game",
                "  slipgate COMMAND --help         a command's flags",
                "",
                "Exit codes: 0 done or stopped cleanly, 1 failed, 2 asked wrongly.",
                "Configuration keys: docs/configuration.md; what holds: slipgate config.");
    }

    private static CommandLine dev() {
        return SettingsCommand.ofProcess(
                "Runs a gateway and a node in one process, without a broker, for development. Makes"
                        + " its keys once under .slipgate/keys.",
                SettingFlag.ofDev(),
                Parts.dev());
    }

    private static CommandLine broker() {
        return SettingsCommand.ofProcess(
                "Runs a broker: gateways and nodes meet at it.",
                SettingFlag.ofBroker(),
                Parts.broker());
    }

    private static CommandLine gateway() {
        return SettingsCommand.ofProcess(
                "Runs an edge gateway: clients connect to it. Waits for a broker.",
                SettingFlag.ofGateway(),
                Parts.gateway());
    }

    private static CommandLine node() {
        return SettingsCommand.ofProcess(
                "Runs an app node: game logic runs on it. Waits for a broker.",
                SettingFlag.ofNode(),
                Parts.node());
    }

    private static CommandLine hidden(CommandLine command) {
        command.getCommandSpec().usageMessage().hidden(true);
        return command;
    }
}

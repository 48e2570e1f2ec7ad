package dev.slipgate.deploy;

import dev.slipgate.dev.DevCommand;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.sdk.process.NodeCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the other modules give to the commands: one method for each. */
final class Parts {
    private Parts() {}

    static ProcessBody dev() {
        return DevCommand.ofConfiguredApp();
    }

    static ProcessBody broker() {
        return notBuiltIn("broker");
    }

    static ProcessBody gateway() {
        return notBuiltIn("gateway");
    }

    static ProcessBody node() {
        return NodeCommand.ofConfiguredApp();
    }

    static CommandLine bench() {
        return toolNotBuiltIn("bench", "Measures a gateway against yardsticks.");
    }

    static CommandLine relay() {
        return toolNotBuiltIn("relay", "Runs a lossy UDP relay, for tests.");
    }

    private static ProcessBody notBuiltIn(String name) {
        return (configuration, lifecycle) -> {
            throw missing(name);
        };
    }

    private static CommandLine toolNotBuiltIn(String name, String summary) {
        Callable<Integer> refuse =
                () -> {
                    throw missing(name);
                };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(refuse);
        spec.usageMessage().description(summary);
        spec.parser().unmatchedArgumentsAllowed(true);
        StandardFlags.addTo(spec);
        return new CommandLine(spec);
    }

    private static StartFailure missing(String name) {
        return new StartFailure(name + " is not built in", "use a distribution that has it");
    }
}

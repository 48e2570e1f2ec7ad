package dev.slipgate.deploy;

import dev.slipgate.benchmarks.BenchCommand;
import dev.slipgate.broker.BrokerProcess;
import dev.slipgate.dev.DevCommand;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.sdk.process.NodeCommand;
import dev.slipgate.testing.relay.RelayCommand;
import picocli.CommandLine;

/** What the other modules give to the commands: one method for each. */
final class Parts {
    private Parts() {}

    static ProcessBody dev() {
        return DevCommand.ofConfiguredApp();
    }

    static ProcessBody broker() {
        return (configuration, lifecycle) ->
                BrokerProcess.start(configuration.settings(), lifecycle);
    }

    static ProcessBody gateway() {
        return notBuiltIn("gateway");
    }

    static ProcessBody node() {
        return NodeCommand.ofConfiguredApp();
    }

    static CommandLine bench() {
        return BenchCommand.create();
    }

    static CommandLine relay() {
        return withStandardFlags(new CommandLine(new RelayCommand()));
    }

    private static ProcessBody notBuiltIn(String name) {
        return (configuration, lifecycle) -> {
            throw missing(name);
        };
    }

    private static CommandLine withStandardFlags(CommandLine tool) {
        if (!tool.getCommandSpec().optionsMap().containsKey("--help")) {
            StandardFlags.addTo(tool.getCommandSpec());
        }
        return tool;
    }

    private static StartFailure missing(String name) {
        return new StartFailure(name + " is not built in", "use a distribution that has it");
    }
}

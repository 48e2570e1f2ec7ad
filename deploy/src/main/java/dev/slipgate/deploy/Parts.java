package dev.slipgate.deploy;

import dev.slipgate.benchmarks.BenchCommand;
import dev.slipgate.broker.BrokerProcess;
import dev.slipgate.dev.DevCommand;
import dev.slipgate.gateway.GatewayCommand;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.cli.StandardFlags;
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
        return GatewayCommand.body();
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

    private static CommandLine withStandardFlags(CommandLine tool) {
        if (!tool.getCommandSpec().optionsMap().containsKey("--help")) {
            StandardFlags.addTo(tool.getCommandSpec());
        }
        return tool;
    }
}

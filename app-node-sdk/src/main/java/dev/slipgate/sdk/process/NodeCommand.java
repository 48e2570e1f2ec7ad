package dev.slipgate.sdk.process;

import dev.slipgate.runtime.cli.SettingFlag;
import dev.slipgate.runtime.cli.SettingsCommand;
import dev.slipgate.runtime.config.NodeSettings;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.apps.AppCatalog;
import picocli.CommandLine;

import java.util.EnumSet;
import java.util.Set;

/** The command line that runs a node until SIGTERM or SIGINT. */
public final class NodeCommand {
    private static final Set<SettingFlag> APP_FLAGS =
            EnumSet.of(SettingFlag.APP, SettingFlag.APP_JAR);

    private NodeCommand() {}

    /** {@code ./slipgate node}: runs the app that the configuration names, echo if none. */
    public static CommandLine ofConfiguredApp() {
        return SettingsCommand.ofProcess(
                "Runs an app node: game logic for connections that gateways bring.",
                SettingFlag.ofNode(),
                (configuration, lifecycle) -> {
                    NodeSettings node = configuration.settings().node();
                    App app = AppCatalog.find(node.appJar(), node.app());
                    NodeStart.start(configuration.settings(), app, lifecycle);
                });
    }

    /** An app's own {@code main}: the same, but for the flags that choose an app. */
    public static CommandLine of(App app) {
        Set<SettingFlag> flags = EnumSet.copyOf(SettingFlag.ofNode());
        flags.removeAll(APP_FLAGS);
        return SettingsCommand.ofProcess(
                        "Runs " + app.getClass().getSimpleName() + " as an app node.",
                        flags,
                        (configuration, lifecycle) ->
                                NodeStart.start(configuration.settings(), app, lifecycle))
                .setCommandName(app.getClass().getSimpleName());
    }
}

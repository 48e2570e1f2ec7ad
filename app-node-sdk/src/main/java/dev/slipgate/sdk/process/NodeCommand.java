package dev.slipgate.sdk.process;

import dev.slipgate.runtime.cli.SettingFlag;
import dev.slipgate.runtime.cli.SettingsCommand;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.config.NodeSettings;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.apps.AppCatalog;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine;

/** What runs a node until SIGTERM or SIGINT. */
public final class NodeCommand {
    private NodeCommand() {}

    /** What {@code ./slipgate node} does: runs the app that the configuration names. */
    public static ProcessBody ofConfiguredApp() {
        return (configuration, lifecycle) -> {
            NodeSettings node = configuration.settings().node();
            App app = AppCatalog.find(node.appJar(), node.app());
            NodeStart.start(configuration.settings(), app, lifecycle);
        };
    }

    /** The command line of an app's own {@code main}: the node's, less the choice of an app. */
    public static CommandLine of(App app) {
        String name = app.getClass().getSimpleName();
        return SettingsCommand.ofProcess(
                        "Runs " + name + " as an app node. Waits for a broker.",
                        withoutApp(SettingFlag.ofNode()),
                        (configuration, lifecycle) ->
                                NodeStart.start(configuration.settings(), app, lifecycle))
                .setCommandName(name);
    }

    /** The flags of a program that brings its own app. */
    public static Set<SettingFlag> withoutApp(Set<SettingFlag> flags) {
        Set<SettingFlag> rest = EnumSet.copyOf(flags);
        rest.remove(SettingFlag.APP);
        rest.remove(SettingFlag.APP_JAR);
        return rest;
    }
}

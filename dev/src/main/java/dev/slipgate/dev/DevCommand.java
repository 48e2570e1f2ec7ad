package dev.slipgate.dev;

import dev.slipgate.runtime.cli.SettingFlag;
import dev.slipgate.runtime.cli.SettingsCommand;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.config.NodeSettings;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.apps.AppCatalog;
import dev.slipgate.sdk.process.NodeCommand;
import java.io.PrintStream;
import picocli.CommandLine;

/** What runs everything in one process until SIGTERM or SIGINT. */
public final class DevCommand {
    private DevCommand() {}

    /** What {@code ./slipgate dev} does: runs the app that the configuration names. */
    public static ProcessBody ofConfiguredApp() {
        return (configuration, lifecycle) -> {
            NodeSettings node = configuration.settings().node();
            App app = AppCatalog.find(node.appJar(), node.app());
            start(configuration.settings(), app, lifecycle, System.out);
        };
    }

    /** The command line of an app's own {@code main}: the same, less the choice of an app. */
    static CommandLine of(App app) {
        String name = app.getClass().getSimpleName();
        return SettingsCommand.ofProcess(
                        "Runs " + name + " with a gateway in one process, for development.",
                        NodeCommand.withoutApp(SettingFlag.ofDev()),
                        (configuration, lifecycle) ->
                                start(configuration.settings(), app, lifecycle, System.out))
                .setCommandName(name);
    }

    private static void start(
            Settings settings, App app, ProcessLifecycle lifecycle, PrintStream out) {
        DevKeys keys = DevKeys.of(settings.gateway(), DevKeys.DIRECTORY);
        DevProcess process = DevProcess.start(settings, app, keys.credentials(), lifecycle);
        DevBanner.lines(app.getClass().getSimpleName(), process, keys).forEach(out::println);
        out.flush();
    }
}

package dev.slipgate.dev;

import dev.slipgate.runtime.cli.CommandRun;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.sdk.App;

/** Runs an app with a gateway in one process, from a {@code main} of the app's own. */
public final class SlipgateDev {
    private SlipgateDev() {}

    /**
     * Runs the app until SIGTERM or SIGINT, with the flags and the configuration of {@code
     * ./slipgate dev} ({@code --help} lists them), and prints what listens where. Keys are made
     * once, in {@code .slipgate/keys} of the working directory. A problem at start is told on
     * stderr in a line that names the remedy, and ends the JVM with a code other than 0.
     *
     * @param args the command line
     */
    public static void run(App app, String... args) {
        int code = CommandRun.run(DevCommand.of(app), args);
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }
}

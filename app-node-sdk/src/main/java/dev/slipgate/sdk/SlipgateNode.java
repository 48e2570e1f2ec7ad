package dev.slipgate.sdk;

import dev.slipgate.runtime.cli.CommandRun;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.sdk.process.NodeCommand;

/** Runs an app as a node of a cluster, from the app's own {@code main}. */
public final class SlipgateNode {
    private SlipgateNode() {}

    /**
     * Runs the app until SIGTERM or SIGINT, with the flags and the configuration of {@code
     * ./slipgate node} ({@code --help} lists them); waits for a broker as long as it takes. After a
     * signal the connections are closed and the JVM ends in here, with code 0 if all was clean. A
     * problem at start is told on stderr in a line that names the remedy, and ends the JVM with
     * another code.
     *
     * @param args the command line
     */
    public static void run(App app, String... args) {
        int code = CommandRun.run(NodeCommand.of(app), args);
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }
}

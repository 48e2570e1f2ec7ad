package dev.slipgate.deploy;

import dev.slipgate.runtime.cli.CommandRun;
import picocli.CommandLine;

/** Where {@code ./slipgate} enters Java. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(SlipgateCommand.create(), args));
    }

    static int run(CommandLine command, String... args) {
        return CommandRun.run(command, args);
    }
}

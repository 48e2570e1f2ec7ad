package dev.slipgate.runtime.cli;

import dev.slipgate.runtime.config.Nearest;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a command line, and tells failures in a line each, not in stack traces. */
public final class CommandRun {
    private CommandRun() {}

    /**
     * Parses and runs; blocks as long as the command does.
     *
     * @return the exit code, one of {@link ExitCode}
     */
    public static int run(CommandLine command, String... args) {
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((e, unused) -> onMisuse(e));
        command.setExecutionExceptionHandler((e, failed, unused) -> onFailure(e, failed));
        return command.execute(args);
    }

    private static int onMisuse(ParameterException misuse) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(firstLine(misuse));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception failure, CommandLine command) throws Exception {
        PrintWriter err = command.getErr();
        switch (failure) {
            case StartFailure told -> {
                told.lines().forEach(line -> err.println(name(command) + ": " + line));
                return told.exitCode();
            }
            case ParameterException misuse -> {
                return onMisuse(misuse);
            }
            default -> {
                // A bug of ours: whoever reports it needs to send the trace.
                err.println(name(command) + ": internal error, please report it");
                failure.printStackTrace(err);
                return ExitCode.FAILURE;
            }
        }
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().root().name();
    }

    private static String firstLine(ParameterException misuse) {
        if (misuse instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String typed = unmatched.getUnmatched().getFirst();
            String nearest =
                    Nearest.to(
                            typed,
                            typed.startsWith("-")
                                    ? misuse.getCommandLine().getCommandSpec().optionsMap().keySet()
                                    : misuse.getCommandLine().getSubcommands().keySet());
            return "unknown "
                    + (typed.startsWith("-") ? "option" : "argument")
                    + " '"
                    + typed
                    + "'"
                    + (nearest == null ? "" : "; did you mean " + nearest + "?");
        }
        return String.valueOf(misuse.getMessage()).lines().findFirst().orElse("wrong usage");
    }
}

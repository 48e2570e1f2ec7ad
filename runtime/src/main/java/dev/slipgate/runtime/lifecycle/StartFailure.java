package dev.slipgate.runtime.lifecycle;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a process cannot start, told for the person who started it: each line names the thing and the
 * remedy. Any module throws it; the main class prints the lines on stderr, without a stack trace,
 * and ends with the exit code.
 */
public class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * A failure of the environment: {@link ExitCode#FAILURE}.
     *
     * @param what the thing and what is wrong with it, such as {@code UDP port 7772 of 127.0.0.1 is
     *     in use}
     * @param remedy what the reader can do, such as {@code stop the other process, or set
     *     gateway.mpgameserver.port}
     */
    public StartFailure(String what, String remedy) {
        this(List.of(line(what, remedy)), ExitCode.FAILURE);
    }

    /** The same, with what the JDK or a library said about it; kept for debug logs. */
    public StartFailure(String what, String remedy, Throwable cause) {
        this(List.of(line(what, remedy)), ExitCode.FAILURE, cause);
    }

    /** Several at once, one line each. */
    public StartFailure(List<String> lines, int exitCode) {
        this(lines, exitCode, null);
    }

    private StartFailure(List<String> lines, int exitCode, @Nullable Throwable cause) {
        // No stack trace: whoever reads it made a mistake with a port or a file, not with Java.
        super(
                lines.stream().map(StartFailure::oneLine).collect(Collectors.joining("\n")),
                cause,
                true,
                false);
        this.exitCode = exitCode;
    }

    /** What to print, a line per problem. */
    public final List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }

    /** The exit code of the process, never 0. */
    public final int exitCode() {
        return exitCode;
    }

    private static String line(String what, String remedy) {
        return what + ": " + remedy;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}

package dev.slipgate.benchmarks.yardstick;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that runs a main class with this process's Java, class path and flags. */
public final class JavaCommand {
    private JavaCommand() {}

    /** The command for a main class with its arguments. */
    public static List<String> of(String mainClass, String... arguments) {
        return of(List.of(), mainClass, arguments);
    }

    /** The same with flags of the JVM besides. */
    public static List<String> of(List<String> flags, String mainClass, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (inheritable(flag)) {
                command.add(flag);
            }
        }
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Agents and debuggers belong to one process. */
    private static boolean inheritable(String flag) {
        return !flag.startsWith("-javaagent")
                && !flag.startsWith("-agent")
                && !flag.startsWith("-Xrun");
    }
}

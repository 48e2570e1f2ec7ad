package dev.slipgate.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What figures were measured on. */
public record Machine(int cores, String cpuModel, String jdk, String kernel) {
    private static final String MODEL_KEY = "model name";

    /** This one. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuModelHere(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String cpuModelHere() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith(MODEL_KEY)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException noProc) {
            // Told below.
        }
        return System.getProperty("os.arch");
    }

    @Override
    public String toString() {
        return "%d cores, %s, %s, %s".formatted(cores, cpuModel, jdk, kernel);
    }
}

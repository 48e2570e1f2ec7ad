package dev.slipgate.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A core that the server under test has for itself.
 *
 * @param server its number
 * @param others the other cores that this process may use, as {@code taskset} writes them
 */
public record Core(int server, String others) {
    private static final int PATIENCE_S = 5;

    /** One core for the server and at least one for the rest; empty where that cannot be had. */
    public static Optional<Core> reserve() {
        try {
            List<Integer> allowed = allowedCores();
            return allowed.size() < 2 || !succeeds("taskset", "--version")
                    ? Optional.empty()
                    : Optional.of(of(allowed));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    static Core of(List<Integer> allowed) {
        List<Integer> others = allowed.subList(1, allowed.size());
        return new Core(
                allowed.getFirst(),
                String.join(",", others.stream().map(String::valueOf).toList()));
    }

    /** The command, run on the server's core. */
    public static List<String> pinned(List<String> command, Optional<Core> core) {
        return core.map(c -> onCores(String.valueOf(c.server), command)).orElse(command);
    }

    /** The command, run on the other cores. */
    public static List<String> elsewhere(List<String> command, Optional<Core> core) {
        return core.map(c -> onCores(c.others, command)).orElse(command);
    }

    private static List<String> onCores(String cores, List<String> command) {
        var pinned = new ArrayList<>(List.of("taskset", "-c", cores));
        pinned.addAll(command);
        return pinned;
    }

    /** Moves this process to the other cores; false when the system refuses. */
    public boolean leave() {
        return succeeds(
                "taskset", "-a", "-c", "-p", others, String.valueOf(ProcessHandle.current().pid()));
    }

    private static List<Integer> allowedCores() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return parseList(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return List.of();
    }

    /** Reads the kernel's list form, such as {@code 0-3,8}. */
    static List<Integer> parseList(String list) {
        var cores = new BitSet();
        for (String part : list.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            cores.set(first, last + 1);
        }
        return cores.stream().boxed().toList();
    }

    private static boolean succeeds(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(PATIENCE_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package dev.slipgate.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where configuration comes from besides the defaults, weakest first.
 *
 * @param file named by {@code --config} and then required; null for {@link #DEFAULT_FILE} in the
 *     working directory, if it is there
 * @param environment all variables of the process
 * @param flags in the order of the command line; the last one of a key wins
 */
public record ConfigInputs(
        @Nullable Path file, Map<String, String> environment, List<FlagValue> flags) {
    /** Read from the working directory when no file is named. */
    public static final Path DEFAULT_FILE = Path.of("slipgate.yaml");

    /** Nothing but the environment and the default file. */
    public static ConfigInputs ofProcess() {
        return new ConfigInputs(null, System.getenv(), List.of());
    }

    /**
     * A key set on the command line.
     *
     * @param key such as {@code cluster.name}
     * @param value as given
     * @param flag what was typed, such as {@code --cluster-name}
     */
    public record FlagValue(String key, String value, String flag) {}
}

package dev.slipgate.runtime.config;

import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a process, loaded once at its start.
 *
 * @param settings what holds
 * @param values the same key by key, each with its source, in the order of the reference page
 * @param warnings to log once logging works: unknown environment variables, open addresses
 */
public record Configuration(Settings settings, List<EffectiveValue> values, List<String> warnings) {

    /**
     * Merges the sources and checks every value.
     *
     * @throws StartFailure with one line for each problem, all told at once
     */
    public static Configuration load(ConfigInputs inputs) {
        Sources sources = new Sources(keys());
        sources.add(inputs);
        KeyReader reader = new KeyReader(sources.merged());
        Settings settings = Settings.read(reader);
        List<Problem> problems = new ArrayList<>(sources.problems());
        problems.addAll(reader.problems());
        if (!problems.isEmpty()) {
            throw new StartFailure(problems.stream().map(Problem::line).toList(), ExitCode.USAGE);
        }
        List<String> warnings = new ArrayList<>(sources.warnings());
        warnings.addAll(openAddresses(settings));
        return new Configuration(settings, List.copyOf(reader.values().values()), warnings);
    }

    /** Every key that exists, by name, in the order of the reference page. */
    public static Map<String, Key> keys() {
        KeyReader declaring = new KeyReader(null);
        Settings.read(declaring);
        Map<String, Key> keys = new LinkedHashMap<>();
        declaring.values().forEach((name, value) -> keys.put(name, value.key()));
        return keys;
    }

    private static List<String> openAddresses(Settings settings) {
        List<String> warnings = new ArrayList<>();
        if (!Loopback.isLoopback(settings.bus().host())) {
            warnings.add(
                    "the event bus is in clear on "
                            + settings.bus().host()
                            + " (bus.insecure=true): whoever reaches it can read and forge all"
                            + " messages");
        }
        if (!Loopback.isLoopback(settings.cluster().host())) {
            warnings.add(
                    "Hazelcast is in clear on "
                            + settings.cluster().host()
                            + " (cluster.host): keep others off that network");
        }
        if (!Loopback.isLoopback(settings.admin().host())) {
            warnings.add(
                    "health, stats and admin are open to all who reach "
                            + settings.admin().host()
                            + " (admin.host)");
        }
        return warnings;
    }
}

package dev.slipgate.runtime.config;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Collects the sources of configuration, and what is wrong with them before any value is looked at:
 * files that cannot be read and keys that do not exist.
 */
final class Sources {
    private static final int FILE_ORDINAL = 200;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FIRST_FLAG_ORDINAL = 400;
    private static final Pattern LIST_INDEX = Pattern.compile("\\[[0-9]+]");

    /** Variables of ours that are read by others than the configuration. */
    private static final Set<String> NOT_CONFIGURATION =
            Set.of("SLIPGATE_JAVA_OPTS", "SLIPGATE_TEST_PYTHON");

    private final Map<String, Key> known;
    private final List<ConfigSource> sources = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param known every key that exists, by name
     */
    Sources(Map<String, Key> known) {
        this.known = known;
    }

    void add(ConfigInputs inputs) {
        if (inputs.file() != null) {
            addFile(inputs.file());
        } else if (Files.exists(ConfigInputs.DEFAULT_FILE)) {
            addFile(ConfigInputs.DEFAULT_FILE);
        }
        addEnvironment(inputs.environment());
        inputs.flags().forEach(this::addFlag);
    }

    /** The sources in one, stronger ones hiding weaker ones. */
    SmallRyeConfig merged() {
        // No default interceptors and no converters of values: what is written is what holds, so
        // that a dollar sign in a secret is a dollar sign.
        return new SmallRyeConfigBuilder().withSources(sources).build();
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    private void addFile(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            YamlConfigSource yaml = new YamlConfigSource(file.toString(), text, FILE_ORDINAL);
            Map<String, String> entries = withoutListIndexes(yaml.getProperties());
            entries.forEach((key, value) -> requireKnown(key, value, file.toString()));
            sources.add(new LabelledSource(entries, file.toString(), FILE_ORDINAL));
        } catch (CharacterCodingException e) {
            problems.add(new Problem("file", "YAML", file.toString(), "mend it: it is not UTF-8"));
        } catch (IOException e) {
            problems.add(
                    new Problem(
                            "--config",
                            "flag",
                            file.toString(),
                            "name a file that exists and can be read"));
        } catch (RuntimeException e) {
            // The YAML parser's own exception is shaded differently from release to release.
            problems.add(new Problem("file", "YAML", file.toString(), "mend it: " + firstLine(e)));
        }
    }

    private void addEnvironment(Map<String, String> environment) {
        Map<String, Key> byVariable = new TreeMap<>();
        known.values().forEach(key -> byVariable.put(key.envName(), key));
        new TreeMap<>(environment)
                .forEach(
                        (variable, value) -> {
                            Key key = byVariable.get(variable);
                            if (key != null) {
                                addOne(key.name(), value, variable, ENVIRONMENT_ORDINAL);
                            } else if (variable.startsWith(Key.ENV_PREFIX)
                                    && !NOT_CONFIGURATION.contains(variable)) {
                                warnings.add(
                                        "environment variable "
                                                + variable
                                                + " is no configuration key"
                                                + hint(variable, byVariable.keySet()));
                            }
                        });
    }

    private void addFlag(ConfigInputs.FlagValue flag) {
        if (requireKnown(flag.key(), flag.value(), flag.flag())) {
            addOne(flag.key(), flag.value(), flag.flag(), FIRST_FLAG_ORDINAL + sources.size());
        }
    }

    private void addOne(String key, String value, String label, int ordinal) {
        sources.add(new LabelledSource(Map.of(key, value), label, ordinal));
    }

    private boolean requireKnown(String key, String value, String source) {
        if (known.containsKey(key)) {
            return true;
        }
        String nearest = Nearest.to(key, known.keySet());
        Key meant = nearest == null ? null : known.get(nearest);
        // A mistyped key may hold what its writer meant to be a secret.
        String shown = meant != null && meant.secret() ? Secret.REDACTED : value;
        problems.add(
                new Problem(
                        key, source, shown, "there is no such key" + hint(key, known.keySet())));
        return false;
    }

    private static String hint(String name, Set<String> names) {
        String nearest = Nearest.to(name, names);
        return nearest == null
                ? "; see docs/configuration.md or slipgate config"
                : "; did you mean " + nearest + "?";
    }

    /** A list in YAML comes joined by commas and once more entry by entry: drop the latter. */
    private static Map<String, String> withoutListIndexes(Map<String, String> properties) {
        Map<String, String> entries = new LinkedHashMap<>();
        new TreeMap<>(properties)
                .forEach(
                        (key, value) -> {
                            String list = LIST_INDEX.matcher(key).replaceAll("");
                            if (list.equals(key) || !properties.containsKey(list)) {
                                entries.merge(list, value, (one, two) -> one + "," + two);
                            }
                        });
        return entries;
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse("not YAML");
    }
}

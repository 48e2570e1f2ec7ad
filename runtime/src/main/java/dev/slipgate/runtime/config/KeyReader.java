package dev.slipgate.runtime.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys one by one out of the merged sources, and remembers each: asking for a key declares
 * it, with its default, range and meaning. A bad value is noted and its default goes on, so that
 * all problems are found in one pass.
 */
final class KeyReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_LIST_ENTRIES = 64;

    private final @Nullable SmallRyeConfig config;
    private final Map<String, EffectiveValue> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param config the merged sources; null to declare all keys and read none
     */
    KeyReader(@Nullable SmallRyeConfig config) {
        this.config = config;
    }

    String name(String key, String byDefault, String meaning) {
        return read(
                new Key(key, "name", byDefault, false, meaning),
                byDefault,
                text -> NAME.matcher(text).matches() ? text : null,
                "give 1 to 64 letters, digits, dots, dashes or underscores");
    }

    String text(String key, String byDefault, String meaning) {
        return read(new Key(key, "text", byDefault, false, meaning), byDefault, t -> t, "");
    }

    @Nullable String textOrNull(String key, String meaning) {
        return readOrNull(new Key(key, "text", "", false, meaning), t -> t, "");
    }

    @Nullable Secret secretOrNull(String key, String meaning) {
        return readOrNull(new Key(key, "secret text", "", true, meaning), Secret::new, "");
    }

    @Nullable Path fileOrNull(String key, String meaning) {
        return readOrNull(new Key(key, "file", "", false, meaning), KeyReader::path, "give a path");
    }

    /** Files in an order that matters; none when unset. */
    List<Path> files(String key, String meaning) {
        return read(
                new Key(key, "file, ...", "", false, meaning),
                List.of(),
                KeyReader::pathList,
                "give 1 to " + MAX_LIST_ENTRIES + " paths separated by commas");
    }

    /** Words in any number; none when unset. */
    List<String> texts(String key, String meaning) {
        return read(
                new Key(key, "text, ...", "", false, meaning),
                List.of(),
                text -> list(text, entry -> entry.isEmpty() ? null : entry),
                "give 1 to " + MAX_LIST_ENTRIES + " entries separated by commas");
    }

    boolean flag(String key, boolean byDefault, String meaning) {
        return read(
                new Key(key, "true or false", Boolean.toString(byDefault), false, meaning),
                byDefault,
                KeyReader::bool,
                "give true or false");
    }

    int integer(String key, int byDefault, int min, int max, String meaning) {
        return Math.toIntExact(number(key, byDefault, min, max, meaning));
    }

    long number(String key, long byDefault, long min, long max, String meaning) {
        return read(
                new Key(key, min + " to " + max, Long.toString(byDefault), false, meaning),
                byDefault,
                text -> inRange(text, min, max),
                "give a whole number from " + min + " to " + max);
    }

    OptionalInt port(String key, String meaning) {
        Key declared = new Key(key, "port, 0 to 65535", "", false, meaning);
        Long port = readOrNull(declared, t -> inRange(t, 0, 65535), "give a port from 0 to 65535");
        return port == null ? OptionalInt.empty() : OptionalInt.of(port.intValue());
    }

    <E extends Enum<E>> E choice(String key, E byDefault, String meaning) {
        Class<E> type = byDefault.getDeclaringClass();
        String all =
                Arrays.stream(type.getEnumConstants())
                        .map(KeyReader::lowerCase)
                        .collect(Collectors.joining(", "));
        return read(
                new Key(key, "one of " + all, lowerCase(byDefault), false, meaning),
                byDefault,
                text -> constant(type, text),
                "give one of " + all);
    }

    List<HostPort> hostPorts(String key, String byDefault, int defaultPort, String meaning) {
        return read(
                new Key(key, "host:port, ...", byDefault, false, meaning),
                List.of(Objects.requireNonNull(HostPort.tryParse(byDefault, 1))),
                text -> hostPortList(text, defaultPort),
                "give 1 to "
                        + MAX_LIST_ENTRIES
                        + " entries host:port separated by commas, an IPv6 address in brackets");
    }

    /** Notes a problem between keys: {@code key}'s value does not go with another's. */
    void require(boolean holds, String key, String remedy) {
        if (!holds) {
            problems.add(problem(Objects.requireNonNull(values.get(key)), remedy));
        }
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Every key that was asked for, in the order of asking. */
    Map<String, EffectiveValue> values() {
        return values;
    }

    private <T> T read(Key key, T byDefault, Function<String, @Nullable T> parse, String remedy) {
        T value = readOrNull(key, parse, remedy);
        return value == null ? byDefault : value;
    }

    private <T> @Nullable T readOrNull(
            Key key, Function<String, @Nullable T> parse, String remedy) {
        EffectiveValue effective = lookUp(key);
        if (values.put(key.name(), effective) != null) {
            throw new IllegalStateException("key declared twice: " + key.name());
        }
        if (effective.source().equals(EffectiveValue.DEFAULT)) {
            return null;
        }
        T value = parse.apply(effective.value());
        if (value == null) {
            problems.add(problem(effective, remedy));
        }
        return value;
    }

    private EffectiveValue lookUp(Key key) {
        ConfigValue found = config == null ? null : config.getConfigValue(key.name());
        String text = found == null ? null : found.getValue();
        // An empty value means the default, as an empty environment variable does everywhere.
        if (found == null || text == null || text.isBlank()) {
            return new EffectiveValue(key, key.byDefault(), EffectiveValue.DEFAULT);
        }
        return new EffectiveValue(key, text.strip(), found.getConfigSourceName());
    }

    private static Problem problem(EffectiveValue at, String remedy) {
        return new Problem(at.key().name(), at.source(), at.shown(), remedy);
    }

    private static @Nullable Long inRange(String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            return value < min || value > max ? null : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean bool(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable List<Path> pathList(String text) {
        return list(text, entry -> entry.isEmpty() ? null : path(entry));
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (lowerCase(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        return null;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable List<HostPort> hostPortList(String text, int defaultPort) {
        return list(text, entry -> HostPort.tryParse(entry, defaultPort));
    }

    /** The entries between commas; null when one does not parse or there are too many. */
    private static <T> @Nullable List<T> list(String text, Function<String, @Nullable T> parse) {
        List<T> entries = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            T parsed = parse.apply(entry.strip());
            if (parsed == null || entries.size() == MAX_LIST_ENTRIES) {
                return null;
            }
            entries.add(parsed);
        }
        return List.copyOf(entries);
    }
}

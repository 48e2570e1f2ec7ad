package dev.slipgate.runtime.config;

import java.util.Locale;

/**
 * One key of the configuration, as the reference page shows it.
 *
 * @param name dotted, such as {@code cluster.name}
 * @param type what a value looks like, with its range
 * @param byDefault the default as text; empty when unset by default
 * @param secret whether values are redacted wherever they are shown
 * @param meaning a sentence for operators
 */
public record Key(String name, String type, String byDefault, boolean secret, String meaning) {
    /** What environment variables begin with. */
    static final String ENV_PREFIX = "SLIPGATE_";

    /** The environment variable that sets it. */
    public String envName() {
        return ENV_PREFIX + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The section that it belongs to: what stands before the first dot. */
    String section() {
        return name.substring(0, name.indexOf('.'));
    }
}

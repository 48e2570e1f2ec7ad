package dev.slipgate.runtime.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of configuration whose name is what the user typed, and nothing around it.
 *
 * @param entries key to value
 * @param label shown as where a value came from
 * @param ordinal the higher one wins
 */
record LabelledSource(Map<String, String> entries, String label, int ordinal)
        implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
        return entries.keySet();
    }

    @Override
    public @Nullable String getValue(String key) {
        return entries.get(key);
    }

    @Override
    public String getName() {
        return label;
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }
}

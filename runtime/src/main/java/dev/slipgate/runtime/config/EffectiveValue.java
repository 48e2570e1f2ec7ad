package dev.slipgate.runtime.config;

/**
 * What holds for one key, and who says so.
 *
 * @param key the key
 * @param value as text, in clear even when secret: show {@link #shown()}
 * @param source such as {@code default}, {@code slipgate.yaml}, {@code SLIPGATE_CLUSTER_NAME} or
 *     {@code --cluster-name}
 */
public record EffectiveValue(Key key, String value, String source) {
    static final String DEFAULT = "default";

    /** The value as people may see it. */
    public String shown() {
        return key.secret() && !value.isEmpty() ? Secret.REDACTED : value;
    }

    @Override
    public String toString() {
        return key.name() + " = " + shown() + " (" + source + ")";
    }
}

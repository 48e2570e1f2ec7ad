package dev.slipgate.runtime.config;

/**
 * A value that is never shown: not in logs, not by {@code slipgate config}, not by {@link
 * #toString()}.
 *
 * @param value what is kept secret
 */
public record Secret(String value) {
    /** What stands in its place. */
    static final String REDACTED = "(secret)";

    @Override
    public String toString() {
        return REDACTED;
    }
}

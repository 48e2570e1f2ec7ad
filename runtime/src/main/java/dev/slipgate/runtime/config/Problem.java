package dev.slipgate.runtime.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the key, or the file
 * @param source where it was set
 * @param value what was set, redacted when secret
 * @param remedy what to do
 */
record Problem(String key, String source, String value, String remedy) {
    /** All of it in one line. */
    String line() {
        return key + " = '" + value + "' (" + source + "): " + remedy;
    }
}

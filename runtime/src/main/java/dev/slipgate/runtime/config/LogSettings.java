package dev.slipgate.runtime.config;

/**
 * What is logged and how.
 *
 * @param level of our own code; libraries stay at WARN
 * @param format of a line
 */
public record LogSettings(Level level, Format format) {
    /** The lowest level that is written. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        OFF
    }

    /** How an event is written, one line each. */
    public enum Format {
        /** For people. */
        TEXT,
        /** An object per line, for machines. */
        JSON
    }

    static LogSettings read(KeyReader in) {
        return new LogSettings(
                in.choice("log.level", Level.INFO, "The lowest level that is written."),
                in.choice(
                        "log.format",
                        Format.TEXT,
                        "A line for people, or a JSON object per line."));
    }
}

package dev.slipgate.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.slipgate.runtime.config.LogSettings;
import java.util.List;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up Logback: one line per event on stderr (stdout is for answers), our own code and apps at
 * the configured level, the libraries below us at WARN. Who has a {@code logback.xml} of their own
 * keeps it.
 */
public final class Logging {
    /** Libraries that tell more than operators want to know. */
    private static final List<String> LIBRARIES =
            List.of("com.hazelcast", "io.vertx", "io.netty", "io.smallrye", "org.jboss");

    /**
     * Those that warn again and again of one thing that is told elsewhere: the first for each of
     * 271 partitions when the last broker leaves, the second at each batch to a process that is
     * gone, until the directory says so.
     */
    private static final List<String> REPEATING =
            List.of(
                    "com.hazelcast.internal.partition.impl.MigrationManagerImpl",
                    "io.vertx.core.eventbus.impl.clustered");

    // One line whatever happens: line breaks in messages, which peers may cause, and stack traces
    // are folded, so that nobody forges a line.
    private static final String TEXT =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}"
                    + "%replace( [%mdc{"
                    + LogContext.CONNECTION
                    + "}]){' \\[\\]$', ''} %replace(%replace(%msg %kvp %ex)"
                    + "{'\\s*[\\r\\n]+\\s*', ' | '}){'( \\|)?\\s*$', ''}%nopex%n";

    private Logging() {}

    /** Applies the settings; may be called again. */
    public static void configure(LogSettings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && !hasOwnConfiguration()) {
            context.reset();
            apply(context, settings);
        }
    }

    static void apply(LoggerContext context, LogSettings settings) {
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder(context, settings.format()));
        stderr.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(stderr);
        Level level = Level.toLevel(settings.level().name());
        root.setLevel(level);
        Level quiet = quieter(level, Level.WARN);
        LIBRARIES.forEach(library -> context.getLogger(library).setLevel(quiet));
        Level errors = quieter(level, Level.ERROR);
        REPEATING.forEach(repeating -> context.getLogger(repeating).setLevel(errors));
    }

    private static Level quieter(Level one, Level other) {
        return one.isGreaterOrEqual(other) ? one : other;
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings.Format format) {
        Encoder<ILoggingEvent> encoder =
                switch (format) {
                    case TEXT -> {
                        PatternLayoutEncoder text = new PatternLayoutEncoder();
                        text.setPattern(TEXT);
                        yield text;
                    }
                    case JSON -> new LogstashEncoder();
                };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static boolean hasOwnConfiguration() {
        return System.getProperty("logback.configurationFile") != null
                || Logging.class.getClassLoader().getResource("logback.xml") != null;
    }
}

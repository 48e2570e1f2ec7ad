package dev.slipgate.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.slipgate.runtime.config.LogSettings;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final String MIGRATIONS =
            "com.hazelcast.internal.partition.impl.MigrationManagerImpl";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @Test
    void anEventIsOneLineWhateverItsTextAndTrace() {
        String line =
                line(LogSettings.Format.TEXT, "name is\nERROR forged", new RuntimeException("x"));

        assertThat(line).endsWith("\n").containsOnlyOnce("\n");
        assertThat(line).contains("INFO  here name is | ERROR forged", "RuntimeException: x | at ");
    }

    @Test
    void theConnectionIsInEachLineOfItsThread() {
        try (LogContext.Scope scope = LogContext.connection("c-17")) {
            assertThat(scope).isNotNull();
            assertThat(line(LogSettings.Format.TEXT, "gone", null)).contains("here [c-17] gone");
            assertThat(json("gone").getString("connection")).isEqualTo("c-17");
        }
        assertThat(line(LogSettings.Format.TEXT, "gone", null)).contains("here gone");
    }

    @Test
    void aMachineGetsAnObjectPerLine() {
        JsonObject event = json("two\nlines");

        assertThat(event.getString("message")).isEqualTo("two\nlines");
        assertThat(event.getString("level")).isEqualTo("INFO");
    }

    @Test
    void librariesAreQuietAndAppsAreNot() {
        Logging.configure(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));

        assertThat(context.getLogger("com.hazelcast.core").isInfoEnabled()).isFalse();
        assertThat(context.getLogger("io.vertx.core").isWarnEnabled()).isTrue();
        assertThat(context.getLogger("com.example.game").isInfoEnabled()).isTrue();
    }

    @Test
    void aBrokerThatLeavesCostsNoLinePerPartition() {
        Logging.configure(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));

        assertThat(context.getLogger(MIGRATIONS).isWarnEnabled()).isFalse();
        assertThat(context.getLogger(MIGRATIONS).isErrorEnabled()).isTrue();
    }

    @Test
    void aProcessThatIsGoneCostsNoLinePerBatch() {
        Logging.configure(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));

        var bus = context.getLogger("io.vertx.core.eventbus.impl.clustered.ClusteredEventBus");
        assertThat(bus.isWarnEnabled()).isFalse();
        assertThat(bus.isErrorEnabled()).isTrue();
    }

    @Test
    void nobodyLogsAtOff() {
        Logging.configure(new LogSettings(LogSettings.Level.OFF, LogSettings.Format.TEXT));
        try {
            assertThat(context.getLogger("com.hazelcast.core").isErrorEnabled()).isFalse();
            assertThat(context.getLogger("dev.slipgate").isErrorEnabled()).isFalse();
            assertThat(context.getLogger(MIGRATIONS).isErrorEnabled()).isFalse();
        } finally {
            Logging.configure(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
        }
    }

    private JsonObject json(String message) {
        String line = line(LogSettings.Format.JSON, message, null);
        assertThat(line.strip()).doesNotContain("\n");
        return new JsonObject(line);
    }

    private String line(LogSettings.Format format, String message, @Nullable Throwable thrown) {
        Logger logger = context.getLogger("some.where.here");
        LoggingEvent event =
                new LoggingEvent("fqcn", logger, Level.INFO, message, thrown, new Object[0]);
        byte[] bytes = Logging.encoder(context, format).encode(event);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

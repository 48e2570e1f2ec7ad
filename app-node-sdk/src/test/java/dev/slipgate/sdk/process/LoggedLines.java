package dev.slipgate.sdk.process;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipgate.runtime.logging.LogContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The lines that a class logs from here on; they go nowhere else. */
final class LoggedLines implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LoggedLines(Class<?> source) {
        logger = (Logger) LoggerFactory.getLogger(source);
        appender.start();
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    List<String> lines() {
        return appender.list.stream()
                .map(LoggedLines::line)
                .toList();
    }

    private static String line(ILoggingEvent event) {
        String connection = event.getMDCPropertyMap().getOrDefault(LogContext.CONNECTION, "-");
        return event.getLevel() + " " + connection + " " + event.getFormattedMessage();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}

package dev.slipgate.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.slipgate.runtime.config.Settings;

/**
 * What holds until {@link Logging#configure} is called, and in tests: the defaults, in place of
 * Logback's own, which shows all debug lines of all libraries. Found by ServiceLoader; a {@code
 * logback.xml} comes first.
 */
@ConfiguratorRank(StartConfigurator.AFTER_FILES)
public final class StartConfigurator extends ContextAwareBase implements Configurator {
    /** Between Logback's search for a file and its fallback. */
    static final int AFTER_FILES = ConfiguratorRank.FALLBACK + 1;

    /** For ServiceLoader. */
    public StartConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.apply(context, Settings.defaults().log());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}

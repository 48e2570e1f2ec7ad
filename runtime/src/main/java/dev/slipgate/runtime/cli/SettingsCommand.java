package dev.slipgate.runtime.cli;

import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.runtime.lifecycle.ProcessRunner;
import dev.slipgate.runtime.logging.Logging;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that reads configuration and then does its work: a process of {@code ./slipgate}, or an
 * app's own {@code main}. It tells problems, sets up logging, warns, runs and stops.
 */
public final class SettingsCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsCommand.class);

    private final CommandSpec spec;
    private final SettingsFlags flags;
    private final Work work;

    /** What a command does once it is configured. */
    @FunctionalInterface
    public interface Work {
        /** Does it, and returns the exit code; answers go to the command's {@code getOut()}. */
        int run(Configuration configuration, CommandLine command) throws Exception;
    }

    /** What starts a process once it is configured. */
    @FunctionalInterface
    public interface ProcessBody {
        /** Starts everything, tells the lifecycle how to stop it, and returns. */
        void start(Configuration configuration, ProcessLifecycle lifecycle) throws Exception;
    }

    private SettingsCommand(String summary, Set<SettingFlag> flags, Work work) {
        this.work = work;
        spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage().description(summary);
        spec.usageMessage().sortOptions(false);
        spec.usageMessage().abbreviateSynopsis(true);
        StandardFlags.addTo(spec);
        this.flags = SettingsFlags.addTo(spec, flags);
    }

    /** A command that does something and ends. */
    public static CommandLine of(String summary, Set<SettingFlag> flags, Work work) {
        return new CommandLine(new SettingsCommand(summary, flags, work).spec);
    }

    /** A command that runs a process until SIGTERM or SIGINT. */
    public static CommandLine ofProcess(String summary, Set<SettingFlag> flags, ProcessBody body) {
        return of(
                summary,
                flags,
                (configuration, command) ->
                        ProcessRunner.run(lifecycle -> body.start(configuration, lifecycle)));
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = flags.load(spec.commandLine().getParseResult());
        Logging.configure(configuration.settings().log());
        configuration.warnings().forEach(LOG::warn);
        return work.run(configuration, spec.commandLine());
    }
}

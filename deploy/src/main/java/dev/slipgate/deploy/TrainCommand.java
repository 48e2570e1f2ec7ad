package dev.slipgate.deploy;

import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.config.ConfigInputs;
import dev.slipgate.runtime.config.ConfigInputs.FlagValue;
import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.ProcessRunner;
import dev.slipgate.runtime.logging.Logging;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code slipgate train}: a short life of {@code dev} on ports of its own. The launcher runs it
 * once after a build, for the JVM to keep what it loaded: with that, {@code dev} starts in about
 * half the time (docs/adr/start-cache.md).
 */
final class TrainCommand implements Callable<Integer> {
    /** Apart from whatever else runs on this machine, and untouched by its configuration. */
    private static final List<FlagValue> APART =
            List.of(
                    new FlagValue("admin.port", "0", "train"),
                    new FlagValue("gateway.mpgameserver.host", "127.0.0.1", "train"),
                    new FlagValue("gateway.mpgameserver.port", "0", "train"),
                    new FlagValue("gateway.slipgate.host", "127.0.0.1", "train"),
                    new FlagValue("gateway.slipgate.udp-port", "0", "train"),
                    new FlagValue("gateway.slipgate.tcp-port", "0", "train"),
                    new FlagValue("gateway.slipgate.tls-port", "0", "train"),
                    new FlagValue("gateway.slipgate.ws-port", "0", "train"),
                    new FlagValue("gateway.slipgate.wss-port", "0", "train"));

    static CommandLine create() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new TrainCommand());
        spec.usageMessage().description("Starts dev and stops it, for the JVM to learn from.");
        StandardFlags.addTo(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = Configuration.load(new ConfigInputs(null, Map.of(), APART));
        Logging.configure(configuration.settings().log());
        return ProcessRunner.run(
                lifecycle -> {
                    Parts.dev().start(configuration, lifecycle);
                    lifecycle.end(ExitCode.OK);
                });
    }
}

package dev.slipgate.deploy;

import dev.slipgate.runtime.cli.SettingFlag;
import dev.slipgate.runtime.cli.SettingsCommand;
import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.config.EffectiveValue;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;

/** {@code slipgate config}: what holds for each key, and who says so. */
final class ConfigCommand {
    private ConfigCommand() {}

    static CommandLine create() {
        return SettingsCommand.of(
                "Shows the effective value of every key and its source; secrets redacted. Takes the"
                        + " same flags as the processes and starts nothing.",
                SettingFlag.all(),
                ConfigCommand::show);
    }

    private static int show(Configuration configuration, CommandLine command) {
        int keyWidth = width(configuration, ConfigCommand::key);
        int valueWidth = width(configuration, ConfigCommand::value);
        String row = "%-" + keyWidth + "s  %-" + valueWidth + "s  %s%n";
        PrintWriter out = command.getOut();
        for (EffectiveValue value : configuration.values()) {
            out.printf(row, key(value), value(value), value.source());
        }
        out.flush();
        return ExitCode.OK;
    }

    private static int width(Configuration configuration, Function<EffectiveValue, String> cell) {
        return configuration.values().stream()
                .mapToInt(value -> cell.apply(value).length())
                .max()
                .orElse(1);
    }

    private static String key(EffectiveValue value) {
        return value.key().name();
    }

    private static String value(EffectiveValue value) {
        return value.shown().isEmpty() ? "-" : value.shown();
    }
}

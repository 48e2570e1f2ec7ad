package dev.slipgate.runtime.cli;

import dev.slipgate.runtime.config.ConfigInputs;
import dev.slipgate.runtime.config.ConfigInputs.FlagValue;
import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.config.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The flags of one command that set configuration: {@code --config}, {@code --set} and some {@link
 * SettingFlag}s, whose help comes from the keys themselves.
 */
public final class SettingsFlags {
    private static final String CONFIG = "--config";
    private static final String SET = "--set";

    private final CommandSpec spec;
    private final Map<String, String> keyByFlag;

    private SettingsFlags(CommandSpec spec, Map<String, String> keyByFlag) {
        this.spec = spec;
        this.keyByFlag = keyByFlag;
    }

    /** Adds the flags to a command, ahead of parsing. */
    public static SettingsFlags addTo(CommandSpec spec, Set<SettingFlag> flags) {
        spec.addOption(
                OptionSpec.builder(CONFIG)
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description("Configuration in YAML (default: ./slipgate.yaml if there).")
                        .build());
        spec.addOption(
                OptionSpec.builder(SET)
                        .paramLabel("KEY=VALUE")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .description("Sets any configuration key; repeatable.")
                        .build());
        Map<String, Key> keys = Configuration.keys();
        for (SettingFlag flag : flags) {
            spec.addOption(option(flag, Objects.requireNonNull(keys.get(flag.key()))));
        }
        return new SettingsFlags(
                spec,
                flags.stream().collect(Collectors.toMap(SettingFlag::flag, SettingFlag::key)));
    }

    private static OptionSpec option(SettingFlag flag, Key key) {
        String byDefault = key.byDefault().isEmpty() ? "" : " (default: " + key.byDefault() + ")";
        return OptionSpec.builder(flag.flag())
                .paramLabel(flag.placeholder())
                .type(String.class)
                .description(key.meaning().replace("%", "%%") + byDefault)
                .build();
    }

    /**
     * What holds with the flags that were parsed.
     *
     * @throws ParameterException when {@code --set} is not a pair
     * @throws dev.slipgate.runtime.lifecycle.StartFailure with all problems of all sources
     */
    public Configuration load(ParseResult parsed) {
        Path file = parsed.matchedOptionValue(CONFIG, null);
        return Configuration.load(new ConfigInputs(file, System.getenv(), values(parsed)));
    }

    private List<FlagValue> values(ParseResult parsed) {
        List<FlagValue> values = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            String flag = option.longestName();
            if (flag.equals(SET)) {
                option.stringValues().forEach(pair -> values.add(pair(pair)));
            } else if (keyByFlag.containsKey(flag)) {
                String key = keyByFlag.get(flag);
                option.stringValues().forEach(value -> values.add(new FlagValue(key, value, flag)));
            }
        }
        return values;
    }

    private FlagValue pair(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    SET + " " + text + ": give KEY=VALUE, such as --set cluster.name=my-game");
        }
        return new FlagValue(text.substring(0, equals), text.substring(equals + 1), SET);
    }
}

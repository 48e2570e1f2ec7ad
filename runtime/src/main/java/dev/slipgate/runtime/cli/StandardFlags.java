package dev.slipgate.runtime.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command takes. */
public final class StandardFlags {
    private StandardFlags() {}

    /** Adds {@code --help} and {@code --version}. */
    public static void addTo(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this help and ends.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version and ends.")
                        .build());
        spec.versionProvider(new ProductVersion());
    }
}

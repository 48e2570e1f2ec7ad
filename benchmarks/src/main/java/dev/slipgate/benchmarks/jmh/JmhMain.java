package dev.slipgate.benchmarks.jmh;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the microbenchmarks of this package with the allocation profiler and prints the figures;
 * about five minutes. Takes JMH's own arguments, such as a part of a name, {@code -p provider=jdk}
 * or {@code -f 1 -i 3}, which go before the defaults.
 */
public final class JmhMain {
    private static final int FORKS = 1;
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 5;

    private JmhMain() {}

    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(args);
        OptionsBuilder options = new OptionsBuilder();
        options.parent(given);
        options.addProfiler(GCProfiler.class);
        options.jvmArgsAppend(
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        if (given.getIncludes().isEmpty()) {
            options.include(JmhMain.class.getPackageName());
        }
        addDefaults(options, given);
        new Runner(options.build()).run();
    }

    private static void addDefaults(OptionsBuilder options, Options given) {
        options.forks(given.getForkCount().orElse(FORKS));
        options.warmupIterations(given.getWarmupIterations().orElse(WARM_UPS));
        options.warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)));
        options.measurementIterations(given.getMeasurementIterations().orElse(ITERATIONS));
        options.measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)));
    }
}

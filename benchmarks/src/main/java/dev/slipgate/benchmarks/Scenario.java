package dev.slipgate.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Something that {@code bench} measures. */
public interface Scenario {
    /** What a scenario found. */
    interface Findings {
        /** Whether the run proves anything: messages flowed and came back as they were sent. */
        boolean sound();

        List<Goal> goals();

        /** The figures for people. */
        void print(PrintWriter out);

        /** The figures for machines: records, lists and numbers. */
        Object json();
    }

    /**
     * Measures.
     *
     * @param progress takes a line about each step
     * @throws dev.slipgate.runtime.lifecycle.StartFailure when something cannot be started
     */
    Findings run(PrintWriter progress) throws IOException, InterruptedException;
}

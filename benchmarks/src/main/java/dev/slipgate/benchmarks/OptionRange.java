package dev.slipgate.benchmarks;

import dev.slipgate.runtime.lifecycle.StartFailure;

/** The check that an option's number is one that works. */
public final class OptionRange {
    private OptionRange() {}

    /**
     * Hands back the value.
     *
     * @throws StartFailure when it is not within the bounds, both of them included
     */
    public static int require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new StartFailure(option + " is " + value, "give " + least + " to " + most);
        }
        return value;
    }
}

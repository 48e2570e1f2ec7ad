package dev.slipgate.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure over several runs: its median, and the lowest and highest. */
public record Spread(double median, double least, double most, int runs) {
    /** Of at least one value. */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no runs");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** Of one figure of several runs. */
    public static <R> Spread of(List<R> runs, ToDoubleFunction<R> figure) {
        return of(runs.stream().mapToDouble(figure).toArray());
    }

    /** {@code median (least..most)} with so many decimals. */
    public String text(int decimals) {
        String one = "%." + decimals + "f";
        return String.format(Locale.ROOT, one + " (" + one + ".." + one + ")", median, least, most);
    }
}

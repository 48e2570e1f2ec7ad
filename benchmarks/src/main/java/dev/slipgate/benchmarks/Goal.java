package dev.slipgate.benchmarks;

/**
 * A figure next to what it should be.
 *
 * @param most the figure is met when it is not above this
 * @param remark what to know about the figure; empty for nothing
 */
public record Goal(String name, double figure, double most, String unit, String remark) {
    public boolean met() {
        return figure <= most;
    }

    @Override
    public String toString() {
        return "%s: %.2f%s, goal <= %.1f%s: %s%s"
                .formatted(
                        name,
                        figure,
                        unit,
                        most,
                        unit,
                        met() ? "met" : "MISSED",
                        remark.isEmpty() ? "" : " (" + remark + ")");
    }
}

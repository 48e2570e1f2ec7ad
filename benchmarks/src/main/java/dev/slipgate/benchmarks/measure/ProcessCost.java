package dev.slipgate.benchmarks.measure;

/**
 * What a process spent on each echoed message.
 *
 * @param cpuUsPerMessage user and system time, or {@link ProcessMeter#UNKNOWN}
 * @param cpuShare of one core, 0.0 up, or {@link ProcessMeter#UNKNOWN}
 * @param bytesPerMessage garbage, or {@link ProcessMeter#UNKNOWN}
 */
public record ProcessCost(
        String name, double cpuUsPerMessage, double bytesPerMessage, double cpuShare) {

    /** From the totals before and after so many messages. */
    public static ProcessCost between(
            String name,
            ProcessMeter.Sample before,
            ProcessMeter.Sample after,
            long messages,
            long durationNs) {
        if (after.cpuNs() == ProcessMeter.UNKNOWN) {
            return new ProcessCost(
                    name, ProcessMeter.UNKNOWN, ProcessMeter.UNKNOWN, ProcessMeter.UNKNOWN);
        }
        double cpuNs = (double) after.cpuNs() - before.cpuNs();
        boolean allocationKnown = after.allocatedBytes() != ProcessMeter.UNKNOWN;
        return new ProcessCost(
                name,
                perMessage(cpuNs / 1e3, messages),
                allocationKnown
                        ? perMessage(
                                (double) after.allocatedBytes() - before.allocatedBytes(), messages)
                        : ProcessMeter.UNKNOWN,
                cpuNs / durationNs);
    }

    private static double perMessage(double total, long messages) {
        return messages == 0 ? ProcessMeter.UNKNOWN : total / messages;
    }
}

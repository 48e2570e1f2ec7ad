package dev.slipgate.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Where a process's totals are read. */
public sealed interface ProcessMeter {
    /** What nobody knows: the allocation of a process that is not Java, all of a remote one. */
    long UNKNOWN = -1;

    /**
     * Totals of a process since its start.
     *
     * @param cpuNs user and system time of all threads, or {@link #UNKNOWN}
     * @param allocatedBytes on the heap by all threads, or {@link #UNKNOWN}
     */
    record Sample(long cpuNs, long allocatedBytes) {}

    /** What the process is called in the report. */
    String name();

    /**
     * Reads the totals now.
     *
     * @throws IOException when the process does not answer or is gone
     */
    Sample sample() throws IOException;

    /** A process of this machine, by the kernel. */
    record OfPid(String name, long pid) implements ProcessMeter {
        @Override
        public Sample sample() throws IOException {
            return new Sample(CpuTime.ofProcessNs(pid), UNKNOWN);
        }
    }

    /** A process that tells nobody. */
    record OfNobody(String name) implements ProcessMeter {
        @Override
        public Sample sample() {
            return new Sample(UNKNOWN, UNKNOWN);
        }
    }

    /** This process. */
    record OfSelf(String name) implements ProcessMeter {
        @Override
        public Sample sample() {
            return new Sample(
                    ManagementFactory.getPlatformMXBean(
                                    com.sun.management.OperatingSystemMXBean.class)
                            .getProcessCpuTime(),
                    ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                            .getTotalThreadAllocatedBytes());
        }
    }

    /** A Slipgate process, by its {@code /stats}. */
    record OfStats(String name, StatsPage stats) implements ProcessMeter {
        @Override
        public Sample sample() throws IOException {
            return sample(stats.read());
        }

        static Sample sample(JsonNode page) throws IOException {
            JsonNode process = page.path("process");
            if (!process.path("cpuNs").isNumber()) {
                throw new IOException("no process.cpuNs in /stats");
            }
            return new Sample(
                    process.path("cpuNs").asLong(), process.path("allocatedBytes").asLong(UNKNOWN));
        }
    }
}

package dev.slipgate.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU time as the kernel counts it. Resolution is a tick, 10 ms. */
public final class CpuTime {
    /** The kernel reports in USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final long NS_PER_TICK = 10_000_000L;

    private CpuTime() {}

    /**
     * User and system time of a process and all its threads, so far.
     *
     * @throws IOException when there is no such process, or no /proc
     */
    public static long ofProcessNs(long pid) throws IOException {
        return parseProcessStat(read(Path.of("/proc/" + pid + "/stat")));
    }

    /**
     * What a core has done that was not idling, so far.
     *
     * @throws IOException when there is no such core, or no /proc
     */
    public static long ofCoreBusyNs(int core) throws IOException {
        String name = "cpu" + core + " ";
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.startsWith(name)) {
                return parseCoreLine(line);
            }
        }
        throw new IOException("no core " + core + " in /proc/stat");
    }

    /** Fields 14 and 15; the second field is a name in brackets that may hold anything. */
    static long parseProcessStat(String stat) {
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * NS_PER_TICK;
    }

    /**
     * User, nice, system, irq and softirq; guests count as user already, stolen time is not ours.
     */
    static long parseCoreLine(String line) {
        List<String> fields = List.of(line.strip().split("\\s+", -1));
        long ticks = 0;
        for (int field : new int[] {1, 2, 3, 6, 7}) {
            ticks += Long.parseLong(fields.get(field));
        }
        return ticks * NS_PER_TICK;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
    }
}

package dev.slipgate.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The memory of a Slipgate process of this machine.
 *
 * @param residentBytes what the kernel has given it
 * @param liveHeapBytes what a full collection leaves of its heap
 */
public record ProcessMemory(long residentBytes, long liveHeapBytes) {
    private static final long KIB = 1024;
    private static final int COLLECTIONS = 2;
    private static final int PATIENCE_S = 60;
    private static final String RESIDENT = "VmRSS:";

    /**
     * Collects its garbage and reads; 0 of heap where the JDK has no {@code jcmd}.
     *
     * @throws IOException when the process is gone
     */
    public static ProcessMemory of(long pid, StatsPage stats) throws IOException {
        boolean collected = true;
        for (int i = 0; i < COLLECTIONS; i++) {
            collected &= collect(pid);
        }
        JsonNode process = stats.read().path("process");
        long liveBytes = collected ? process.path("heapAfterGcBytes").asLong() : 0;
        return new ProcessMemory(resident(Files.readAllLines(statusOf(pid))), liveBytes);
    }

    private static Path statusOf(long pid) {
        return Path.of("/proc/" + pid + "/status");
    }

    static long resident(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith(RESIDENT)) {
                String[] fields = line.substring(RESIDENT.length()).strip().split(" ", -1);
                return Long.parseLong(fields[0]) * KIB;
            }
        }
        throw new IOException("no " + RESIDENT + " in the process's status");
    }

    private static boolean collect(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return false;
        }
        Process process =
                new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor(PATIENCE_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the process has grown by, for each of so many. */
    public PerUnit grownSince(ProcessMemory before, long count) {
        return new PerUnit(
                (double) (residentBytes - before.residentBytes) / count,
                (double) (liveHeapBytes - before.liveHeapBytes) / count);
    }

    /** Bytes for each of something. */
    public record PerUnit(double residentBytes, double liveHeapBytes) {}
}

package dev.slipgate.runtime.stats;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the JVM says about this process: the section {@code process} of {@code /stats}.
 *
 * @param pid of the operating system
 * @param uptimeMs since the JVM started
 * @param cpuNs CPU time of all threads, user and system
 * @param allocatedBytes by all threads on the heap since start, ended ones included
 * @param heapUsedBytes now, garbage included
 * @param heapAfterGcBytes in use after the last collection of each pool; 0 before the first
 * @param threads live platform threads
 * @param gc by collector
 */
record ProcessStats(
        long pid,
        long uptimeMs,
        long cpuNs,
        long allocatedBytes,
        long heapUsedBytes,
        long heapAfterGcBytes,
        int threads,
        Map<String, Gc> gc) {

    /**
     * @param count of collections
     * @param timeMs spent in them
     */
    record Gc(long count, long timeMs) {}

    static ProcessStats read() {
        return new ProcessStats(
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getUptime(),
                processCpuNs(),
                bytesAllocated(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                heapAfterGc(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                collectors());
    }

    private static long processCpuNs() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long bytesAllocated() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getTotalThreadAllocatedBytes();
    }

    private static long heapAfterGc() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage afterGc = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && afterGc != null) {
                bytes += afterGc.getUsed();
            }
        }
        return bytes;
    }

    private static Map<String, Gc> collectors() {
        Map<String, Gc> collectors = new LinkedHashMap<>();
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.put(gc.getName(), new Gc(gc.getCollectionCount(), gc.getCollectionTime()));
        }
        return collectors;
    }
}

package dev.slipgate.fabric.directory;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the directory says about one life of one process.
 *
 * @param processId random, drawn at start, never 0: another life of the same process is another id
 * @param role what it is
 * @param name what operators call it; unique among live processes of a role, such as {@code node-1}
 * @param lanes how many lanes it has, 1 to 256; lane i listens at {@link #laneAddress(int)}; 0 for
 *     brokers
 * @param version the product version, for {@code /stats} and the admin API
 * @param keyIds of the gateway keys that it answers to, the announced one first; none for other
 *     roles, and for gateways without the native protocol
 */
public record ProcessRecord(
        long processId, Role role, String name, int lanes, String version, List<Integer> keyIds) {
    /** Copies the list. */
    public ProcessRecord {
        keyIds = List.copyOf(keyIds);
    }

    /** A process without gateway keys. */
    public ProcessRecord(long processId, Role role, String name, int lanes, String version) {
        this(processId, role, name, lanes, version, List.of());
    }

    /** Draws a process id from a source that must be cryptographically strong. */
    public static long drawId(RandomGenerator random) {
        long id;
        do {
            id = random.nextLong();
        } while (id == 0);
        return id;
    }

    /** The bus address of lane {@code index}, 0 to {@code lanes - 1}. */
    public String laneAddress(int index) {
        return laneAddress(processId, index);
    }

    /** The bus address of a lane of the process with this id. */
    public static String laneAddress(long processId, int index) {
        return "slipgate.lane." + Long.toHexString(processId) + "." + index;
    }
}

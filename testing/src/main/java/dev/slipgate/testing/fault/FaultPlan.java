package dev.slipgate.testing.fault;

/**
 * The faults of a path, complete: whoever has the plan and the datagrams can replay the decisions.
 * Its text form ({@link #toString}, {@link #parse}) is what the command line takes and prints.
 *
 * @param seed where all draws come from
 * @param up client to server
 * @param down server to client
 * @param rebindMs how often the path changes the port under which the server sees a client; 0 for
 *     never
 * @param cleanFirst how many datagrams of each client pass untouched in each direction before
 *     faults begin; 2 covers the handshake of the mpgameserver dialect
 */
public record FaultPlan(long seed, FaultRates up, FaultRates down, int rebindMs, int cleanFirst) {

    public FaultPlan {
        if (rebindMs < 0 || cleanFirst < 0) {
            throw new IllegalArgumentException(
                    "rebindMs " + rebindMs + " and cleanFirst " + cleanFirst + " must be 0 up");
        }
    }

    /** The same faults both ways, from the first datagram on, no rebinding. */
    public static FaultPlan symmetric(long seed, FaultRates rates) {
        return new FaultPlan(seed, rates, rates, 0, 0);
    }

    public FaultPlan withCleanFirst(int datagrams) {
        return new FaultPlan(seed, up, down, rebindMs, datagrams);
    }

    public FaultPlan withRebindMs(int everyMs) {
        return new FaultPlan(seed, up, down, everyMs, cleanFirst);
    }

    /** The decisions for the datagrams of client {@code flow} to the server. */
    public FaultLine upLine(int flow, FaultCounts counts) {
        return new FaultLine(up, lineSeed(flow, 0), cleanFirst, counts);
    }

    /** The decisions for the datagrams of the server to client {@code flow}. */
    public FaultLine downLine(int flow, FaultCounts counts) {
        return new FaultLine(down, lineSeed(flow, 1), cleanFirst, counts);
    }

    /**
     * Reads the text form: {@code key=value} separated by commas or blanks. Keys: {@code seed,
     * loss, dup, reorder, reorder-ms, delay-ms, jitter-ms, corrupt, rebind-ms, clean-first}; those
     * of rates may be prefixed by {@code up.} or {@code down.} for one direction. What is not named
     * keeps its default.
     *
     * @throws IllegalArgumentException naming the key that is unknown or the value that is wrong
     */
    public static FaultPlan parse(String text) {
        return FaultPlanText.parse(text);
    }

    /** The text form; {@link #parse} of it equals this. */
    @Override
    public String toString() {
        return FaultPlanText.print(this);
    }

    /** Spreads flow and direction over all bits, so that neighbouring flows share no decisions. */
    private long lineSeed(int flow, int direction) {
        long mixed = seed + 0x9E3779B97F4A7C15L * (2L * flow + direction + 1);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

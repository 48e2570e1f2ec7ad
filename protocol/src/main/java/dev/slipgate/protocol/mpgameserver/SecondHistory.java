package dev.slipgate.protocol.mpgameserver;

/**
 * What a session did in each of the last 300 seconds, as the original keeps it. A ring of bins, the
 * newest at age 0. Confined to the session's thread.
 */
public final class SecondHistory {
    /** Seconds that are remembered. */
    public static final int SECONDS = 300;

    private static final long SECOND_NS = 1_000_000_000L;

    private final int[] packetsSent = new int[SECONDS];
    private final int[] packetsReceived = new int[SECONDS];
    private final long[] bytesSent = new long[SECONDS];
    private final long[] bytesReceived = new long[SECONDS];
    private final long[] latencyNs = new long[SECONDS];
    private long newest;

    SecondHistory(long nowNs) {
        this.newest = Math.floorDiv(nowNs, SECOND_NS);
    }

    void onSent(int bytes, long nowNs) {
        int bin = binAt(nowNs);
        packetsSent[bin]++;
        bytesSent[bin] += bytes;
    }

    void onReceived(int bytes, long newLatencyNs, long nowNs) {
        int bin = binAt(nowNs);
        packetsReceived[bin]++;
        bytesReceived[bin] += bytes;
        latencyNs[bin] = newLatencyNs;
    }

    private int binAt(long nowNs) {
        long second = Math.floorDiv(nowNs, SECOND_NS);
        for (long s = Math.max(newest + 1, second - SECONDS + 1); s <= second; s++) {
            int bin = Math.floorMod(s, SECONDS);
            packetsSent[bin] = 0;
            packetsReceived[bin] = 0;
            bytesSent[bin] = 0;
            bytesReceived[bin] = 0;
            latencyNs[bin] = 0;
        }
        newest = Math.max(newest, second);
        return Math.floorMod(second, SECONDS);
    }

    /** Packets sent in the second that is this many before the newest, 0 to 299. */
    public int packetsSent(int age) {
        return packetsSent[binOfAge(age)];
    }

    public int packetsReceived(int age) {
        return packetsReceived[binOfAge(age)];
    }

    public long bytesSent(int age) {
        return bytesSent[binOfAge(age)];
    }

    public long bytesReceived(int age) {
        return bytesReceived[binOfAge(age)];
    }

    /** The smoothed latency at that second's last packet, 0 when none came in it. */
    public long latencyNs(int age) {
        return latencyNs[binOfAge(age)];
    }

    private int binOfAge(int age) {
        if (age < 0 || age >= SECONDS) {
            throw new IllegalArgumentException("age is " + age + ", not 0 to " + (SECONDS - 1));
        }
        return Math.floorMod(newest - age, SECONDS);
    }
}

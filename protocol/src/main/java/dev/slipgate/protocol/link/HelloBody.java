package dev.slipgate.protocol.link;

import dev.slipgate.protocol.memory.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * What HELLO and WELCOME say behind their header: lowest and highest version (2 each; in WELCOME
 * both are the chosen one), features (8), first credit of the link (4), first credit of each
 * connection (4).
 *
 * @param linkWindowBytes unsigned 31 bit; how much the sender takes on this lane before it gives
 *     more credit
 * @param connectionWindowBytes the same for each connection
 */
public record HelloBody(
        int minVersion,
        int maxVersion,
        long features,
        int linkWindowBytes,
        int connectionWindowBytes) {
    /** Behind the header. */
    public static final int BYTES = 20;

    /** Writes {@link #BYTES} bytes. */
    public void write(byte[] bytes, int offset) {
        BigEndian.put16(bytes, offset, minVersion);
        BigEndian.put16(bytes, offset + 2, maxVersion);
        BigEndian.put64(bytes, offset + 4, features);
        BigEndian.put32(bytes, offset + 12, linkWindowBytes);
        BigEndian.put32(bytes, offset + 16, connectionWindowBytes);
    }

    /**
     * Reads; null when too short or out of range. What lies behind is of a newer release and
     * skipped.
     */
    public static @Nullable HelloBody read(byte[] bytes, int offset, int length) {
        if (length < BYTES) {
            return null;
        }
        var body =
                new HelloBody(
                        BigEndian.u16(bytes, offset),
                        BigEndian.u16(bytes, offset + 2),
                        BigEndian.i64(bytes, offset + 4),
                        BigEndian.i32(bytes, offset + 12),
                        BigEndian.i32(bytes, offset + 16));
        boolean sane =
                body.minVersion <= body.maxVersion
                        && body.linkWindowBytes > 0
                        && body.connectionWindowBytes > 0;
        return sane ? body : null;
    }

    /** Whether its sender speaks this version. */
    public boolean speaks(int version) {
        return minVersion <= version && version <= maxVersion;
    }
}

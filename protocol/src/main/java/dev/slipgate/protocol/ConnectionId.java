package dev.slipgate.protocol;

import java.util.random.RandomGenerator;

/**
 * The name of a virtual connection: 64 random bits, never 0, never in clear on a client's wire.
 * Drawn by the gateway that opens the connection; no counter is shared (with a million live
 * connections two draws meet once in 37 million clusters, and the node refuses the second). Inside
 * the data plane it is the bare {@code long}.
 */
public record ConnectionId(long value) {
    public ConnectionId {
        if (value == 0) {
            throw new IllegalArgumentException("connection id 0 is reserved for the link itself");
        }
    }

    /**
     * Draws a fresh id from a source that must be cryptographically strong and not shared between
     * threads.
     */
    public static long draw(RandomGenerator random) {
        long id;
        do {
            id = random.nextLong();
        } while (id == 0);
        return id;
    }

    /** 16 hex digits, as in every log line about the connection. */
    @Override
    public String toString() {
        return text(value);
    }

    /** The log form of a bare id. */
    public static String text(long value) {
        return String.format("%016x", value);
    }
}

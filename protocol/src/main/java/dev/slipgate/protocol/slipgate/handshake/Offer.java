package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.memory.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a handshake takes.
 *
 * @param largestPacketBytes 1200 to 16384
 * @param idleTimeoutMs after which it gives up a silent peer, 1000 to 600000
 * @param creditBytes the first FLOW limit towards it, 0 to 2^32 - 1
 * @param largestMessageBytes 1 to 16 MiB
 */
public record Offer(
        int largestPacketBytes, int idleTimeoutMs, long creditBytes, int largestMessageBytes) {
    /** Bytes of an offer on the wire. */
    static final int BYTES = 14;

    private static final int MIN_PACKET_BYTES = 1200;
    private static final int MAX_PACKET_BYTES = 16384;
    private static final int MIN_IDLE_TIMEOUT_MS = 1000;
    private static final int MAX_IDLE_TIMEOUT_MS = 600_000;
    private static final long MAX_CREDIT_BYTES = 0xffff_ffffL;
    private static final int MESSAGE_COST_BYTES = 64;
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /**
     * @throws IllegalArgumentException when a value is out of its range
     */
    public Offer {
        require("largestPacketBytes", largestPacketBytes, MIN_PACKET_BYTES, MAX_PACKET_BYTES);
        require("idleTimeoutMs", idleTimeoutMs, MIN_IDLE_TIMEOUT_MS, MAX_IDLE_TIMEOUT_MS);
        require("creditBytes", creditBytes, 0, MAX_CREDIT_BYTES);
        require("largestMessageBytes", largestMessageBytes, 1, MAX_MESSAGE_BYTES);
    }

    private static void require(String name, long value, long least, long most) {
        if (!within(value, least, most)) {
            throw new IllegalArgumentException(
                    "%s is %d, not %d to %d".formatted(name, value, least, most));
        }
    }

    private static boolean within(long value, long least, long most) {
        return value >= least && value <= most;
    }

    /** What is taken unless configured: 30 s, 1 MiB of credit, messages of 256 KiB. */
    public static Offer defaults() {
        return new Offer(MAX_PACKET_BYTES, 30_000, 1024 * 1024, 256 * 1024);
    }

    /** Whether the credit lets the largest message begin, as a granting side has to see to. */
    public boolean admitsLargestMessage() {
        return creditBytes >= (long) largestMessageBytes + MESSAGE_COST_BYTES;
    }

    /** The same with packets no longer than a carrier takes. */
    public Offer withPacketsAtMost(int carrierBytes) {
        return new Offer(
                Math.min(largestPacketBytes, carrierBytes),
                idleTimeoutMs,
                creditBytes,
                largestMessageBytes);
    }

    /** The same with an idle timeout no longer than another side's. */
    Offer withIdleTimeoutAtMost(int otherMs) {
        return new Offer(
                largestPacketBytes,
                Math.min(idleTimeoutMs, otherMs),
                creditBytes,
                largestMessageBytes);
    }

    /** Reads an offer; null when a value is out of its range. */
    static @Nullable Offer read(byte[] in, int offset) {
        int packet = BigEndian.u16(in, offset);
        long idleTimeoutMs = BigEndian.u32(in, offset + 2);
        long credit = BigEndian.u32(in, offset + 6);
        long message = BigEndian.u32(in, offset + 10);
        boolean inRange =
                within(packet, MIN_PACKET_BYTES, MAX_PACKET_BYTES)
                        && within(idleTimeoutMs, MIN_IDLE_TIMEOUT_MS, MAX_IDLE_TIMEOUT_MS)
                        && within(message, 1, MAX_MESSAGE_BYTES);
        return inRange ? new Offer(packet, (int) idleTimeoutMs, credit, (int) message) : null;
    }

    void write(byte[] out, int offset) {
        BigEndian.put16(out, offset, largestPacketBytes);
        BigEndian.put32(out, offset + 2, idleTimeoutMs);
        BigEndian.put32(out, offset + 6, (int) creditBytes);
        BigEndian.put32(out, offset + 10, largestMessageBytes);
    }
}

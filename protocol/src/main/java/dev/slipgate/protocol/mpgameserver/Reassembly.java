package dev.slipgate.protocol.mpgameserver;

/** A fragmented message of the peer in progress. */
final class Reassembly {
    private static final long NS_PER_FRAGMENT = 500_000_000L;

    final int fragmentId;
    final int base;
    final int count;
    final byte[] bytes;
    final int reservedBytes;

    private final long[] present;
    private int presentCount;
    private int lastLength;
    long lastProgressNs;

    /**
     * @param base the message number of its first fragment; 0 when that is not checked
     * @param bytes room for {@code reservedBytes} at least
     */
    Reassembly(int fragmentId, int base, int count, byte[] bytes, int reservedBytes) {
        this.fragmentId = fragmentId;
        this.base = base;
        this.count = count;
        this.bytes = bytes;
        this.reservedBytes = reservedBytes;
        this.present = new long[(count + 63) / 64];
    }

    boolean matches(int otherId, int otherBase, int otherCount) {
        return fragmentId == otherId && base == otherBase && count == otherCount;
    }

    /**
     * Puts a fragment in its place; one that is there already changes nothing.
     *
     * @param index from 0
     */
    void put(int index, byte[] source, int offset, int length, int dataBytes, long nowNs) {
        if ((present[index >> 6] & 1L << index) != 0) {
            return;
        }
        present[index >> 6] |= 1L << index;
        presentCount++;
        System.arraycopy(source, offset, bytes, index * dataBytes, length);
        if (index == count - 1) {
            lastLength = length;
        }
        lastProgressNs = nowNs;
    }

    boolean complete() {
        return presentCount == count;
    }

    /** The message's length; known once complete. */
    int length(int dataBytes) {
        return (count - 1) * dataBytes + lastLength;
    }

    /**
     * The original's patience for so many fragments, but from the last progress on and with the
     * connection's timeout in place of its 1 s: a client that stood still for less than that is
     * alive, and will not send again what was acknowledged.
     */
    long expiresAtNs(long connectionTimeoutNs) {
        return lastProgressNs + connectionTimeoutNs + count * NS_PER_FRAGMENT;
    }
}

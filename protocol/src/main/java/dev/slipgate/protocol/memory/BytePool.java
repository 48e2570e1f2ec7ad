package dev.slipgate.protocol.memory;

/**
 * Byte arrays in size classes, taken and given back, so that keeping a message costs no garbage.
 * Confined to one thread. Classes are powers of two from 64 bytes to 4 KiB, which is what packets
 * bring; larger arrays are rare, are made to measure and left to the collector, since a pool would
 * hold the most that were ever out at once of every class. What is given back beyond {@code
 * maxRetainedBytes} is left to the collector too, so the pool never holds more than that.
 */
public final class BytePool {
    private static final int MIN_SHIFT = 6;
    private static final int MAX_SHIFT = 12;

    private final byte[][][] free = new byte[MAX_SHIFT - MIN_SHIFT + 1][16][];
    private final int[] freeCount = new int[MAX_SHIFT - MIN_SHIFT + 1];
    private final long maxRetainedBytes;
    private long retainedBytes;

    /**
     * @param maxRetainedBytes how much the pool may hold while nobody uses it; 0 or more
     */
    public BytePool(long maxRetainedBytes) {
        this.maxRetainedBytes = maxRetainedBytes;
    }

    /** An array of at least {@code lengthBytes}; its content is arbitrary. */
    public byte[] take(int lengthBytes) {
        int shift = shiftOf(lengthBytes);
        if (shift > MAX_SHIFT) {
            return new byte[lengthBytes];
        }
        int index = shift - MIN_SHIFT;
        if (freeCount[index] == 0) {
            return new byte[1 << shift];
        }
        byte[] array = free[index][--freeCount[index]];
        retainedBytes -= array.length;
        return array;
    }

    /** Gives back an array of {@link #take}. The caller must not touch it again. */
    public void give(byte[] array) {
        int shift = shiftOf(array.length);
        if (shift > MAX_SHIFT
                || array.length != 1 << shift
                || retainedBytes + array.length > maxRetainedBytes) {
            return;
        }
        int index = shift - MIN_SHIFT;
        if (freeCount[index] == free[index].length) {
            free[index] = java.util.Arrays.copyOf(free[index], freeCount[index] * 2);
        }
        free[index][freeCount[index]++] = array;
        retainedBytes += array.length;
    }

    /** Bytes that lie in the pool unused. */
    public long retainedBytes() {
        return retainedBytes;
    }

    private static int shiftOf(int lengthBytes) {
        return Math.max(MIN_SHIFT, 32 - Integer.numberOfLeadingZeros(Math.max(lengthBytes, 1) - 1));
    }
}

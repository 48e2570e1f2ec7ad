package dev.slipgate.fabric.lane;

import org.jspecify.annotations.Nullable;

/**
 * A batch on its way to the bus: an array that the driver owns (and recycles once the bus has
 * copied it), filled by the engine.
 */
public final class OutgoingBatch {
    /**
     * The largest batch, and the capacity that drivers give. Above the largest frame, so that every
     * frame fits.
     */
    public static final int CAPACITY_BYTES = 32 * 1024;

    public final byte[] bytes = new byte[CAPACITY_BYTES];
    public int length;

    /** The bus address of the lane that it goes to; null only before the first poll. */
    public @Nullable String address;
}

package dev.slipgate.fabric.lane;

import org.jspecify.annotations.Nullable;

/**
 * A batch on its way to the bus: an array that the driver owns (and recycles once the bus is
 * through with it), filled by the engine.
 */
public final class OutgoingBatch {
    /**
     * The largest batch, and the capacity that drivers give. Above the largest frame, so that every
     * frame fits.
     */
    public static final int CAPACITY_BYTES = 32 * 1024;

    /** Behind it, for the driver: whoever writes a batch with a header moves it that far. */
    public static final int SPARE_BYTES = 512;

    /** The batch from index 0 on. */
    public final byte[] bytes = new byte[CAPACITY_BYTES + SPARE_BYTES];

    public int length;

    /** The bus address of the lane that it goes to; null only before the first poll. */
    public @Nullable String address;
}

package dev.slipgate.fabric.bus;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the bus delivers it.
 *
 * @param bytes the batch, position to limit
 * @param sent the sender's, when it was handed over inside this process without a copy
 */
record ReceivedBatch(ByteBuffer bytes, @Nullable SentBatch sent) {
    /** Says that the bytes were read. */
    void release() {
        if (sent != null) {
            sent.release();
        }
    }
}

package dev.slipgate.fabric.link;

import dev.slipgate.protocol.memory.SingleWriterCounter;

/** What the lanes of one event loop count; written on its thread, read by any. */
public final class LaneTraffic {
    final SingleWriterCounter sent = new SingleWriterCounter();
    final SingleWriterCounter received = new SingleWriterCounter();
    final SingleWriterCounter up = new SingleWriterCounter();

    /** Batches handed to the bus. */
    public long batchesSent() {
        return sent.read();
    }

    /** Batches taken from the bus, whatever was in them. */
    public long batchesReceived() {
        return received.read();
    }

    /** Lanes that are up. */
    public int lanesUp() {
        return (int) up.read();
    }
}

package dev.slipgate.fabric.bus;

import java.util.concurrent.atomic.LongAdder;

/** What one lane counts; any thread may count and read. */
final class LaneCounters {
    final LongAdder batchesSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder sendsFailed = new LongAdder();
    final LongAdder batchesReceived = new LongAdder();
    final LongAdder batchesTapped = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder batchesAllocated = new LongAdder();
    final LongAdder batchesCopied = new LongAdder();
    final LongAdder flushesCutShort = new LongAdder();

    BusLaneStats snapshot() {
        return new BusLaneStats(
                batchesSent.sum(),
                bytesSent.sum(),
                sendsFailed.sum(),
                batchesReceived.sum(),
                batchesTapped.sum(),
                bytesReceived.sum(),
                batchesAllocated.sum(),
                batchesCopied.sum(),
                flushesCutShort.sum());
    }
}

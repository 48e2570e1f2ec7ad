package dev.slipgate.fabric.bus;

/**
 * A snapshot of what a lane's adapter counts.
 *
 * @param batchesSent batches handed to the bus
 * @param bytesSent their bytes, without the bus's framing
 * @param sendsFailed batches that the bus refused or lost with a connection: no handler, connection
 *     closed, node unknown
 * @param batchesReceived batches given to the engine
 * @param batchesTapped of them, those that came straight off the socket
 * @param bytesReceived their bytes
 * @param batchesAllocated batches that had to be made because the pool was empty
 * @param batchesCopied batches that were copied because many others were on their way already
 * @param flushesCutShort flushes that reached their bound and went on in the loop's next turn
 */
public record BusLaneStats(
        long batchesSent,
        long bytesSent,
        long sendsFailed,
        long batchesReceived,
        long batchesTapped,
        long bytesReceived,
        long batchesAllocated,
        long batchesCopied,
        long flushesCutShort) {}

package dev.slipgate.fabric.gateway;

/**
 * A snapshot of what a gateway lane counts and holds.
 *
 * @param connections virtual connections now
 * @param parkedConnections of them, those that wait for a node
 * @param openedConnections since start
 * @param keptMessages messages of clients kept until their delivery ack
 * @param keptBytes what they count for in bounds: their bytes, and the overhead of each
 * @param messagesUp messages taken from clients
 * @param messagesDown messages given to sessions
 * @param batchesSent batches handed to the bus
 * @param batchesReceived batches taken from the bus
 * @param links links that are up
 */
public record GatewayLaneStats(
        int connections,
        int parkedConnections,
        long openedConnections,
        long keptMessages,
        long keptBytes,
        long messagesUp,
        long messagesDown,
        long batchesSent,
        long batchesReceived,
        int links) {}

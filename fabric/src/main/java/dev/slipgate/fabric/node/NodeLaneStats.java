package dev.slipgate.fabric.node;

/**
 * A snapshot of what a node lane counts and holds.
 *
 * @param connections open now
 * @param openedConnections since start
 * @param mailboxMessages received and not handled; those of connections that ended first stay
 *     counted
 * @param messagesReceived since start
 * @param messagesHandled since start
 * @param messagesSent since start
 * @param batchesSent batches handed to the bus
 * @param batchesReceived batches taken from the bus
 * @param links links that are up
 */
public record NodeLaneStats(
        int connections,
        long openedConnections,
        long mailboxMessages,
        long messagesReceived,
        long messagesHandled,
        long messagesSent,
        long batchesSent,
        long batchesReceived,
        int links) {}

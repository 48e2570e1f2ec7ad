package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.link.LaneTraffic;
import dev.slipgate.protocol.memory.SingleWriterCounter;

/** What a gateway lane counts; written on its thread, read by any. */
final class LaneCounters {
    final SingleWriterCounter connections = new SingleWriterCounter();
    final SingleWriterCounter parked = new SingleWriterCounter();
    final SingleWriterCounter opened = new SingleWriterCounter();
    final SingleWriterCounter keptMessages = new SingleWriterCounter();
    final SingleWriterCounter keptBytes = new SingleWriterCounter();
    final SingleWriterCounter messagesUp = new SingleWriterCounter();
    final SingleWriterCounter messagesDown = new SingleWriterCounter();

    GatewayLaneStats snapshot(LaneTraffic traffic) {
        return new GatewayLaneStats(
                (int) connections.read(),
                (int) parked.read(),
                opened.read(),
                keptMessages.read(),
                keptBytes.read(),
                messagesUp.read(),
                messagesDown.read(),
                traffic.batchesSent(),
                traffic.batchesReceived(),
                traffic.lanesUp());
    }
}

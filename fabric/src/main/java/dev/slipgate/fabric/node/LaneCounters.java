package dev.slipgate.fabric.node;

import dev.slipgate.fabric.link.LaneTraffic;
import dev.slipgate.protocol.memory.SingleWriterCounter;

/** What a node lane counts; written on its thread, read by any. */
final class LaneCounters {
    final SingleWriterCounter connections = new SingleWriterCounter();
    final SingleWriterCounter opened = new SingleWriterCounter();
    final SingleWriterCounter received = new SingleWriterCounter();
    final SingleWriterCounter handled = new SingleWriterCounter();
    final SingleWriterCounter sent = new SingleWriterCounter();

    NodeLaneStats snapshot(LaneTraffic traffic) {
        long handledNow = handled.read(); // before received, so that the difference is not negative
        long receivedNow = received.read();
        return new NodeLaneStats(
                (int) connections.read(),
                opened.read(),
                receivedNow - handledNow,
                receivedNow,
                handledNow,
                sent.read(),
                traffic.batchesSent(),
                traffic.batchesReceived(),
                traffic.lanesUp());
    }
}

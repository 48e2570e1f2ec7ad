package dev.slipgate.gateway.stream;

import java.util.concurrent.atomic.LongAdder;

/** What the connections of a listener count together; any thread. See {@link StreamStats}. */
final class StreamCounters {
    final LongAdder connections = new LongAdder();
    final LongAdder sessions = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder refusedByCap = new LongAdder();
    final LongAdder refusedByHostCap = new LongAdder();
    final LongAdder packetsIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder packetsOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder sendRefused = new LongAdder();
    final LongAdder badStreams = new LongAdder();
    final LongAdder badUpgrades = new LongAdder();
    final LongAdder originsRefused = new LongAdder();
    final LongAdder tlsFailures = new LongAdder();
    final LongAdder unproven = new LongAdder();
    final LongAdder pingTimeouts = new LongAdder();
    final LongAdder overruns = new LongAdder();

    StreamStats snapshot() {
        return new StreamStats(
                connections.sum(),
                accepted.sum(),
                refusedByCap.sum(),
                refusedByHostCap.sum(),
                packetsIn.sum(),
                bytesIn.sum(),
                packetsOut.sum(),
                bytesOut.sum(),
                sendRefused.sum(),
                badStreams.sum(),
                badUpgrades.sum(),
                originsRefused.sum(),
                tlsFailures.sum(),
                unproven.sum(),
                pingTimeouts.sum(),
                overruns.sum());
    }
}

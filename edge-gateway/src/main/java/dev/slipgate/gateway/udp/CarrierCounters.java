package dev.slipgate.gateway.udp;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the carriers of a listener count together. The loops add once per burst; any thread reads.
 */
public final class CarrierCounters {
    final LongAdder datagramsIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder datagramsOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder sendRefused = new LongAdder();
    final LongAdder sendFailures = new LongAdder();
    final LongAdder receiveFailures = new LongAdder();

    /** What was counted until now. */
    public CarrierStats snapshot() {
        return new CarrierStats(
                datagramsIn.sum(),
                bytesIn.sum(),
                datagramsOut.sum(),
                bytesOut.sum(),
                sendRefused.sum(),
                sendFailures.sum(),
                receiveFailures.sum());
    }
}

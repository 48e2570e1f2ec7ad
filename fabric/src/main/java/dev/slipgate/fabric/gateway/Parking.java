package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.lane.LaneEngine;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for a node, or for their client's ATTACH, in the order of their deadlines.
 * At most the connections of the lane. Confined to the lane's thread.
 */
final class Parking {
    private final LinkedHashSet<GatewayConnection> parked = new LinkedHashSet<>();
    private final LaneCounters counters;

    Parking(LaneCounters counters) {
        this.counters = counters;
    }

    /**
     * @param untilNs not before the deadline of any that is parked
     */
    void add(GatewayConnection connection, long untilNs) {
        connection.parkedUntilNs = untilNs;
        parked.add(connection);
        counters.parked.add(1);
    }

    /** Harmless for one that is not here. */
    void remove(GatewayConnection connection) {
        if (parked.remove(connection)) {
            counters.parked.add(-1);
        }
    }

    boolean isEmpty() {
        return parked.isEmpty();
    }

    /** Those here at this moment. */
    List<GatewayConnection> now() {
        return List.copyOf(parked);
    }

    /** Takes out one whose deadline is over. */
    @Nullable GatewayConnection pollOverdue(long nowNs) {
        if (nextDeadlineNs() > nowNs) {
            return null;
        }
        GatewayConnection first = parked.getFirst();
        remove(first);
        return first;
    }

    long nextDeadlineNs() {
        return parked.isEmpty() ? LaneEngine.NEVER : parked.getFirst().parkedUntilNs;
    }
}

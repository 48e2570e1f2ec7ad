package dev.slipgate.fabric.gateway;

import dev.slipgate.fabric.lane.LaneEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose clients may send more, since something has left the hold, and were not told yet. At most
 * the connections of the lane. Confined to the lane's thread.
 */
final class CreditsDue {
    /**
     * What a batch has taken along is told with the next input from the bus, which as a rule brings
     * the answer, so that both leave in one packet; when none comes, after this time.
     */
    private static final long DELAY_NS = 2_000_000L;

    private final List<GatewayConnection> due = new ArrayList<>();
    private long deadlineNs = LaneEngine.NEVER;

    void add(GatewayConnection connection, int costBytes) {
        if (connection.creditDueBytes == 0) {
            due.add(connection);
        }
        connection.creditDueBytes += costBytes;
    }

    /** Tells the sessions; within an input, so that they are polled after it. */
    void give(long nowNs) {
        deadlineNs = LaneEngine.NEVER;
        for (int i = 0; i < due.size(); i++) {
            GatewayConnection connection = due.get(i);
            long bytes = connection.creditDueBytes;
            connection.creditDueBytes = 0;
            if (connection.session.connected()) {
                connection.session.consumed(bytes, nowNs);
            }
        }
        due.clear();
    }

    /** The lane was polled, which is too late for the sessions of this turn. */
    void polled(long nowNs) {
        if (deadlineNs == LaneEngine.NEVER && !due.isEmpty()) {
            deadlineNs = nowNs + DELAY_NS;
        }
    }

    /** When {@link #give} is due at the latest. */
    long deadlineNs() {
        return deadlineNs;
    }
}

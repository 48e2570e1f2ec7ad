package dev.slipgate.testing.relay;

import dev.slipgate.testing.fault.FaultCounts;

/**
 * What a relay has done so far.
 *
 * @param clients clients seen
 * @param evicted clients that gave way at the bound on clients
 * @param rebindings times that a client's port towards the server was changed
 * @param overflowed datagrams dropped at the bound on those under way
 */
public record RelayTotals(
        FaultCounts.Totals up,
        FaultCounts.Totals down,
        long clients,
        long evicted,
        long rebindings,
        long overflowed) {
    @Override
    public String toString() {
        return "up: %s%ndown: %s%n%d clients, %d evicted, %d rebindings, %d overflowed"
                .formatted(up, down, clients, evicted, rebindings, overflowed);
    }
}

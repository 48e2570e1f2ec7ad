package dev.slipgate.protocol.session;

import java.util.List;

/**
 * With what a client may go on through a new session. {@code docs/wire-protocol.md}, TICKET.
 *
 * @param lifetimeSeconds from its arrival
 * @param ticket sealed, at most 700 bytes; not copied, nobody changes it
 * @param gateways that take it, at most 4 texts of at most 64 bytes
 */
public record Ticket(long lifetimeSeconds, byte[] ticket, List<String> gateways) {
    public Ticket {
        gateways = List.copyOf(gateways);
    }
}

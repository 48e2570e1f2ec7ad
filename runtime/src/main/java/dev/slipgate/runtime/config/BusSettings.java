package dev.slipgate.runtime.config;

import dev.slipgate.runtime.net.PortChoice;
import java.util.OptionalInt;

/**
 * The event bus between gateways and nodes.
 *
 * @param host the address that it binds and advertises
 * @param port when set: exactly this one
 * @param insecure whether the operator accepts a bus in clear off loopback
 */
public record BusSettings(String host, OptionalInt port, boolean insecure) {
    /** Where processes begin to look for a free port. */
    public static final int FIRST_PORT = 5731;

    static BusSettings read(KeyReader in) {
        BusSettings read =
                new BusSettings(
                        in.text(
                                "bus.host",
                                "127.0.0.1",
                                "The address that the event bus binds and tells others."),
                        in.port(
                                "bus.port",
                                "The event bus's port. Unset: the next free one from "
                                        + FIRST_PORT
                                        + " up."),
                        in.flag(
                                "bus.insecure",
                                false,
                                "Accepts a bus in clear on an address other than loopback. Whoever"
                                        + " reaches it can read and forge all messages; warned of"
                                        + " at each start."));
        in.require(
                read.insecure || Loopback.isLoopback(read.host),
                "bus.host",
                "the bus is in clear: bind loopback, or set bus.insecure=true on a network that you"
                        + " trust");
        return read;
    }

    /** The port to take. */
    public PortChoice portChoice() {
        return Ports.setOrNextFree(port, FIRST_PORT);
    }
}

package dev.slipgate.runtime.config;

import dev.slipgate.runtime.net.PortChoice;
import java.util.OptionalInt;

/**
 * Where health, stats and the admin API are served.
 *
 * @param host the address that it binds
 * @param port when set: exactly this one
 */
public record AdminSettings(String host, OptionalInt port) {
    /** The port of brokers and of {@code dev}, which never moves. */
    public static final int BROKER_PORT = 7780;

    /** Where gateways and nodes begin to look for a free one. */
    public static final int FIRST_PORT = 7781;

    static AdminSettings read(KeyReader in) {
        return new AdminSettings(
                in.text(
                        "admin.host",
                        "127.0.0.1",
                        "The address that serves health, stats and the admin API."),
                in.port(
                        "admin.port",
                        "Its port. Unset: "
                                + BROKER_PORT
                                + " for brokers and dev, the next free one from "
                                + FIRST_PORT
                                + " up for gateways and nodes."));
    }

    /** The port of a broker or of {@code dev}. */
    public PortChoice brokerPort() {
        return new PortChoice.Exactly(port.orElse(BROKER_PORT));
    }

    /** The port of a gateway or node. */
    public PortChoice memberPort() {
        return Ports.setOrNextFree(port, FIRST_PORT);
    }
}

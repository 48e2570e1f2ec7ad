package dev.slipgate.runtime.config;

import dev.slipgate.runtime.net.PortChoice;
import java.util.OptionalInt;

/** What a port's key means when it is set, and when it is not. */
final class Ports {
    private Ports() {}

    static PortChoice setOrNextFree(OptionalInt set, int firstPort) {
        return set.isPresent()
                ? new PortChoice.Exactly(set.getAsInt())
                : new PortChoice.NextFree(firstPort);
    }
}

package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.chain.Protocol;
import dev.slipgate.benchmarks.load.ClearFormat;
import dev.slipgate.benchmarks.load.Pace;
import java.util.concurrent.TimeUnit;

/**
 * How the echo is measured.
 *
 * @param messages what the clients send
 * @param rate messages per second to hold; 0 for the highest
 */
record EchoPlan(Protocol protocol, Messages messages, long rate, Timing timing) {
    /**
     * What the clients send.
     *
     * @param clients each with an address of its own
     * @param window messages that each has on the way at the highest rate
     * @param sizeBytes of a message
     * @param perPacket messages that leave together, and so share a packet
     */
    record Messages(int clients, int window, int sizeBytes, int perPacket) {}

    long durationNs() {
        return TimeUnit.SECONDS.toNanos(timing.seconds());
    }

    /** The whole of it in the first round; later, a fifth: the code is compiled by then. */
    long warmUpNs(int round) {
        long wholeNs = TimeUnit.SECONDS.toNanos(timing.warmUpSeconds());
        return round == 0 ? wholeNs : wholeNs / 5;
    }

    /** So many busy clients, the server setting the rate. */
    Pace.Closed closed(int busyClients) {
        return new Pace.Closed(busyClients, messages.window(), messages.perPacket());
    }

    /** All clients at this rate. */
    Pace.Open held(long messagesPerSecond) {
        return new Pace.Open(messagesPerSecond, messages.clients(), messages.perPacket());
    }

    /**
     * The same at half of a highest rate. Native clients then are half as many, so that each sends
     * as often as before: one that is silent for 10 ms acknowledges in a packet of its own, and
     * that would be another measurement.
     */
    Pace.Open heldAtHalf(long messagesPerSecond) {
        int clients =
                protocol == Protocol.SLIPGATE
                        ? Math.max(1, messages.clients() / 2)
                        : messages.clients();
        return new Pace.Open(messagesPerSecond, clients, messages.perPacket());
    }

    /** Plain datagrams as large as the sealed ones. */
    ClearFormat clearFormat() {
        return switch (protocol) {
            case SLIPGATE -> ClearFormat.slipgate(messages.perPacket());
            case MPGAMESERVER -> ClearFormat.MPGAMESERVER;
        };
    }
}
